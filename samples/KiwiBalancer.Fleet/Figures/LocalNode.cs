using System.Diagnostics;
using KiwiBalancer.Fleet.Nodes;

namespace KiwiBalancer.Fleet.Figures;

/// <summary>A node in this process, with a connection of its own: its moments are read without asking another process.</summary>
internal sealed class LocalNode : IAsyncDisposable
{
    private readonly RedisLimit _lease;
    private readonly IClientHandle _client;
    private readonly List<Task> _callers = [];
    private Action _stop = static () => { };
    private long _slotTicks;
    private long _served;

    public LocalNode(string engine, string resource, int limit, int weight = 1)
    {
        var times = new LeaseTimes();
        _lease = new RedisLimit(new RedisLimitOptions
        {
            Configuration = engine,
            Resource = resource,
            LeaseDuration = TimeSpan.FromMilliseconds(times.Lease),
            LeaseMargin = TimeSpan.FromMilliseconds(times.Margin),
            ReportInterval = TimeSpan.FromMilliseconds(times.Interval),
            Linger = TimeSpan.FromMilliseconds(times.Linger),
        });
        Balancer = new WeightedBalancer(limit);
        Balancer.UseLimitSource(_lease);
        _client = Balancer.Register("all", weight);
    }

    public WeightedBalancer Balancer { get; }

    /// <summary>The slots of its lease.</summary>
    public int Slots => _lease.Status.Slots;

    public int InFlight => _client.InFlight;

    /// <summary>Requests that have ended.</summary>
    public long Served => Volatile.Read(ref _served);

    /// <summary>Slots held times time, of requests that have ended.</summary>
    public double SlotSeconds => (double)Volatile.Read(ref _slotTicks) / Stopwatch.Frequency;

    /// <summary>So many callers, each with one request of that many milliseconds after another.</summary>
    public void Load(int callers, int least, int most)
    {
        var stop = new CancellationTokenSource();
        _stop = stop.Cancel;
        _callers.AddRange(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await CallAsync(TimeSpan.FromMilliseconds(least + ((most - least) * Random.Shared.NextDouble())), stop.Token);
            }
        })));
    }

    public async Task UnloadAsync()
    {
        _stop();
        await Task.WhenAll(_callers);
        _callers.Clear();
    }

    /// <summary>One request.</summary>
    public async Task CallAsync(TimeSpan length, CancellationToken stop)
    {
        try
        {
            using SlotLease slot = await _client.AcquireAsync(stop);
            long from = Stopwatch.GetTimestamp();
            await Task.Delay(length, TimeProvider.System, CancellationToken.None);
            Interlocked.Add(ref _slotTicks, Stopwatch.GetTimestamp() - from);
            Interlocked.Increment(ref _served);
        }
        catch (OperationCanceledException)
        {
            // Unloaded.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await UnloadAsync();
        await Balancer.DisposeAsync();
    }
}
