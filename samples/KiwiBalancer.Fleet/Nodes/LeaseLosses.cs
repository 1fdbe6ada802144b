using Microsoft.Extensions.Logging;

namespace KiwiBalancer.Fleet.Nodes;

/// <summary>
/// Counts how often the lease was lost. The source says so in its log before it takes another lease, so an unchanged count means: what was granted in between is covered by a lease that lives.
/// </summary>
internal sealed class LeaseLosses : ILogger
{
    private const int LeaseLost = 103;

    // Invariant: grows only. Written by: whoever puts the end of a lease into force. Order: interlocked, read volatile; the source's status is read after it.
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == LeaseLost)
        {
            Interlocked.Increment(ref _count);
        }
    }
}
