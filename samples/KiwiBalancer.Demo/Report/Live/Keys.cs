namespace KiwiBalancer.Demo.Report.Live;

/// <summary>Which key asks for what.</summary>
internal static class Keys
{
    /// <summary>For the last line of the screen, the most needed first.</summary>
    public static IReadOnlyList<(string Key, string Meaning)> Shown { get; } =
    [
        ("+ -", "limit"), ("↑ ↓", "select"), ("← →", "weight"), ("a", "add"), ("r", "remove"), ("space", "pause"), ("q", "quit"),
    ];

    public static LiveCommand Read(ConsoleKeyInfo key) => key switch
    {
        { Key: ConsoleKey.UpArrow } or { KeyChar: 'k' } => LiveCommand.SelectPrevious,
        { Key: ConsoleKey.DownArrow } or { KeyChar: 'j' } => LiveCommand.SelectNext,
        { Key: ConsoleKey.LeftArrow } or { KeyChar: 'h' } => LiveCommand.LowerWeight,
        { Key: ConsoleKey.RightArrow } or { KeyChar: 'l' } => LiveCommand.RaiseWeight,
        { KeyChar: '+' or '=' } => LiveCommand.RaiseLimit,
        { KeyChar: '-' or '_' } => LiveCommand.LowerLimit,
        { KeyChar: 'a' or 'A' } => LiveCommand.AddClient,
        { KeyChar: 'r' or 'R' } or { Key: ConsoleKey.Delete } => LiveCommand.RemoveClient,
        { KeyChar: ' ' or 'p' or 'P' } => LiveCommand.TogglePause,
        { KeyChar: 'q' or 'Q' } or { Key: ConsoleKey.Escape } => LiveCommand.Quit,
        _ => LiveCommand.None,
    };
}
