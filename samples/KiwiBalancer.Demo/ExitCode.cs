namespace KiwiBalancer.Demo;

/// <summary>What the demo's exit codes mean. Scripts rely on them.</summary>
internal static class ExitCode
{
    /// <summary>Every guarantee checked held.</summary>
    public const int Kept = 0;

    /// <summary>A guarantee was broken, or the run could not be completed.</summary>
    public const int Broken = 1;

    /// <summary>Wrong arguments; nothing was started.</summary>
    public const int WrongArguments = 2;

    /// <summary>Interrupted by Ctrl+C or SIGTERM, as shells number it.</summary>
    public const int Interrupted = 130;
}
