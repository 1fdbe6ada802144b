namespace KiwiBalancer.Soak;

/// <summary>What a script reads.</summary>
public enum ExitCode
{
    /// <summary>Every guarantee held.</summary>
    Held = 0,

    /// <summary>One did not, or the run broke off.</summary>
    Broken = 1,

    /// <summary>The arguments were wrong; nothing ran.</summary>
    WrongArguments = 2,
}
