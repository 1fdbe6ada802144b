using Microsoft.Extensions.Hosting;

namespace KiwiBalancer.Health;

/// <summary>Looks at a balancer's backlog again and again, so that a health check that is rarely asked knows how long it has been long.</summary>
internal sealed class BacklogWatch(IBalancer balancer, BacklogBound bound, KiwiBalancerHealthOptions options, TimeProvider timeProvider) : IHostedService, IDisposable
{
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();

    // Guarded by the lock: since when the backlog is long, as a timestamp; null: it is not.
    private long? _since;
    private ITimer? _timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var period = options.Duration / 4;
        period = period > LongestPeriod ? LongestPeriod : period < ShortestPeriod ? ShortestPeriod : period;
        _timer = timeProvider.CreateTimer(static watch => ((BacklogWatch)watch!).Look(), this, period, period);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _timer?.Dispose();

    /// <summary>The balancer now, the bound of its backlog, and for how long the backlog has been long; null: it is not.</summary>
    public (BalancerSnapshot Snapshot, int Bound, TimeSpan? LongFor) Look()
    {
        lock (_lock)
        {
            var snapshot = balancer.GetSnapshot();
            var most = bound.Read();
            var now = timeProvider.GetTimestamp();
            _since = snapshot.Waiting > most * options.BacklogPart ? _since ?? now : null;
            return (snapshot, most, _since is { } since ? timeProvider.GetElapsedTime(since, now) : null);
        }
    }
}
