namespace KiwiBalancer.Lab;

/// <summary>What the lab's exit codes mean. Scripts rely on them.</summary>
internal static class ExitCode
{
    /// <summary>Everything that was checked held.</summary>
    public const int Kept = 0;

    /// <summary>Something that was checked did not hold, or the run could not be completed.</summary>
    public const int Broken = 1;

    /// <summary>Wrong arguments; nothing was run.</summary>
    public const int WrongArguments = 2;
}
