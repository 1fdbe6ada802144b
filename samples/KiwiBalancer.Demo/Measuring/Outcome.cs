namespace KiwiBalancer.Demo.Measuring;

/// <summary>How a request ended.</summary>
internal enum Outcome : byte
{
    /// <summary>It has not.</summary>
    Open,

    /// <summary>With the server's answer.</summary>
    Completed,

    /// <summary>With an exception: the server broke, or the request was rejected.</summary>
    Failed,

    /// <summary>With the rejection it was due: the user removed its client while it waited.</summary>
    Withdrawn,
}
