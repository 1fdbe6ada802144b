namespace KiwiBalancer.Demo.Load;

/// <summary>What is sent through the balancer.</summary>
/// <param name="Index">Its place in the <see cref="Measuring.RequestLog"/>.</param>
/// <param name="Client">The index of the client that sends it.</param>
/// <param name="Cost">The slots it takes.</param>
/// <param name="Hold">How long it runs at the server.</param>
internal readonly record struct WorkRequest(int Index, int Client, int Cost, TimeSpan Hold)
{
    /// <summary>A <see cref="System.Diagnostics.Stopwatch"/> timestamp after which the server is to refuse it; 0 for never.</summary>
    public long StartBy { get; init; }
}
