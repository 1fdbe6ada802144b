namespace KiwiBalancer.Tests.Granting.Search;

/// <summary>When the next change comes.</summary>
internal enum Pause
{
    /// <summary>In the same instant.</summary>
    None,

    /// <summary>Before the clients can have settled.</summary>
    Short,

    /// <summary>When they have settled, and have been watched for a while.</summary>
    UntilSettled,
}
