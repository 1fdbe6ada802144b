namespace KiwiBalancer.Demo.Report.Live;

/// <summary>What a user can ask for while a run goes on.</summary>
internal enum LiveCommand
{
    None,
    SelectPrevious,
    SelectNext,
    RaiseLimit,
    LowerLimit,
    RaiseWeight,
    LowerWeight,
    AddClient,
    RemoveClient,
    TogglePause,
    Quit,
}
