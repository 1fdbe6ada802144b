namespace KiwiBalancer.Fleet.Engines;

/// <summary>What the nodes lease from.</summary>
internal interface IEngine : IAsyncDisposable
{
    /// <summary>What it is, in a word or two.</summary>
    string Name { get; }

    /// <summary>How to connect, as StackExchange.Redis writes it.</summary>
    string Configuration { get; }

    /// <summary>Its process, if it was started for this run and may be made to fail.</summary>
    int? ProcessId { get; }

    /// <summary>Whether it can be started from what it saved earlier.</summary>
    bool HasSnapshots { get; }

    /// <summary>Kills its process, as <c>kill -9</c> does.</summary>
    Task KillAsync();

    /// <summary>Starts its process again on the same port.</summary>
    /// <param name="fromSnapshot">With what it saved last; else empty.</param>
    Task StartAgainAsync(bool fromSnapshot = false);
}
