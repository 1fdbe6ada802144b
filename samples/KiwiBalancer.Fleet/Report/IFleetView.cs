namespace KiwiBalancer.Fleet.Report;

/// <summary>Shows a run while it goes on. Called from many threads, one at a time or not.</summary>
internal interface IFleetView
{
    /// <summary>How often it wants to be shown what goes on.</summary>
    TimeSpan SampleEvery { get; }

    /// <summary>All processes are being started.</summary>
    void Started(string what);

    /// <summary>What the user may do from now on.</summary>
    void Controlled(FleetControl control);

    void Happened(string what, TimeSpan at);

    void Show(FleetSample sample);
}
