using System.Diagnostics.Metrics;
using System.Globalization;
using KiwiBalancer.Redis.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace KiwiBalancer.Redis.Tests.Fleet;

/// <summary>What a process of a fleet has: a balancer, its lease, and callers that send one request after another.</summary>
internal sealed class FleetNode : IAsyncDisposable
{
    private readonly CountedServer _server;
    private readonly IClientHandle _client;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _callers = [];
    private long _served;

    public FleetNode(RedisServer redis, CountedServer server, int limit, int weight = 1, Action<RedisLimitOptions>? configure = null, IMeterFactory? meters = null)
    {
        _server = server;
        var options = new RedisLimitOptions
        {
            Configuration = redis.Configuration,
            Resource = "llm",
            LeaseDuration = TimeSpan.FromSeconds(2),
            ReportInterval = TimeSpan.FromSeconds(0.5),
            Linger = TimeSpan.FromSeconds(0.3),
        };
        configure?.Invoke(options);
        Lease = new RedisLimit(options, Log, meters);
        Balancer = new WeightedBalancer(limit);
        Balancer.UseLimitSource(Lease);
        _client = Balancer.Register("all", weight);
    }

    public WeightedBalancer Balancer { get; }

    public RedisLimit Lease { get; }

    public FakeLogger Log { get; } = new();

    public long Served => Volatile.Read(ref _served);

    /// <summary>Callers that keep so many slots busy, if they get them.</summary>
    public void Load(int callers, double milliseconds = 20)
    {
        for (var i = 0; i < callers; i++)
        {
            _callers.Add(Task.Run(() => CallAsync(TimeSpan.FromMilliseconds(milliseconds))));
        }
    }

    public async Task UnloadAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_callers);
    }

    /// <summary>Waits until somebody has been served that many times more.</summary>
    public Task ServesAsync(int more)
    {
        var until = Served + more;
        return Eventually.TrueAsync(() => Served >= until, string.Create(CultureInfo.InvariantCulture, $"{more} more requests are served"));
    }

    public bool HasLogged(LogLevel level, string part) => Log.Collector.GetSnapshot().Any(record => record.Level == level && record.Message.Contains(part, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await UnloadAsync();
        await Balancer.DisposeAsync();
        _stop.Dispose();
    }

    private async Task CallAsync(TimeSpan length)
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                using var lease = await _client.AcquireAsync(_stop.Token);
                await _server.ServeAsync(length);
                Interlocked.Increment(ref _served);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
