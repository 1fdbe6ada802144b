namespace KiwiBalancer.Demo.Measuring;

/// <summary>A request as its sender saw it. Times are <see cref="System.Diagnostics.Stopwatch"/> timestamps, 0 for what has not happened.</summary>
internal struct RequestRecord
{
    /// <summary>The index of the client that sent it.</summary>
    public int Client;

    /// <summary>The slots it takes.</summary>
    public int Cost;

    /// <summary>When it was sent: from here on it is demand.</summary>
    public long Sent;

    /// <summary>When it was granted its slots.</summary>
    public long Granted;

    /// <summary>When its sender had an answer or an exception: from here on it is no demand any more.</summary>
    public long Ended;

    /// <summary>How often it ended. Anything but once is a request lost.</summary>
    public int Endings;

    /// <summary>How it ended.</summary>
    public Outcome Outcome;
}
