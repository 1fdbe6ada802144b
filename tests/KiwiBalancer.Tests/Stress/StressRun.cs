using System.Globalization;
using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Stress;

/// <summary>Many callers who send as fast as they can, others who disturb them, and the account of how every request ended.</summary>
internal sealed class StressRun
{
    private const int Callers = 64;
    private static readonly TimeSpan Watchdog = TimeSpan.FromMinutes(3);

    private readonly Balancer _balancer;
    private readonly int _seed = Environment.GetEnvironmentVariable("KIWI_STRESS_SEED") is { Length: > 0 } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : Random.Shared.Next();
    private readonly List<Action<Random>> _disturbances = [];
    private long _left;
    private int _served;
    private int _failed;
    private int _cancelled;
    private int _rejected;
    private int _refused;
    private bool _isOver;

    public StressRun(Balancer balancer)
    {
        _balancer = balancer;
        Limits = new LimitRecord(balancer);
        Server = new StressServer(Limits);
    }

    public LimitRecord Limits { get; }

    public StressServer Server { get; }

    public required int Requests { get; init; }

    /// <summary>Whose request is next.</summary>
    public required Func<Random, IClientHandle> Client { get; init; }

    public int MaxCost { get; init; } = 1;

    /// <summary>Of a hundred requests so many only try, or ask for a lease.</summary>
    public int TriesPercent { get; init; }

    public int Served => _served;

    public int Rejected => _rejected;

    public int Refused => _refused;

    /// <summary>Something that a thread of its own does again and again until all is over.</summary>
    public StressRun While(Action<Random> disturbance)
    {
        _disturbances.Add(disturbance);
        return this;
    }

    public async Task RunAsync()
    {
        try
        {
            await RunToTheEnd();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Stress with KIWI_STRESS_SEED={_seed}: {exception.Message} ({this})", exception);
        }
    }

    public override string ToString() =>
        $"{_served} served, {_failed} failed, {_cancelled} cancelled, {_rejected} rejected, {_refused} refused, {Limits.Checked} samples, balancer {_balancer}";

    private async Task RunToTheEnd()
    {
        _left = Requests;
        var threads = _disturbances.Select((disturb, i) => Task.Factory.StartNew(
            () =>
            {
                var random = new Random(_seed + 1000 + i);
                while (!Volatile.Read(ref _isOver))
                {
                    disturb(random);
                    for (var pause = random.Next(200); pause > 0; pause--)
                    {
                        Thread.Yield();
                    }
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        try
        {
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => Task.Run(() => Call(new Random(_seed + i))))).WaitAsync(Watchdog);
        }
        finally
        {
            Volatile.Write(ref _isOver, true);
        }

        await Task.WhenAll(threads).WaitAsync(Watchdog);
        Assert.Null(Server.Violation);
        Assert.Equal(0, Server.Running);
        Assert.Equal(Requests, _served + _failed + _cancelled + _rejected + _refused);
        Assert.True(Limits.Checked > _served / 4, "Too few samples to say anything.");
        Integrity.Check(_balancer);
    }

    private async Task Call(Random random)
    {
        while (Interlocked.Decrement(ref _left) >= 0)
        {
            var client = Client(random);
            var cost = random.Next(1, MaxCost + 1);
            try
            {
                if (random.Next(100) < TriesPercent)
                {
                    await Try(client, cost, random);
                }
                else
                {
                    await Send(client, cost, random);
                }
            }
            catch (ObjectDisposedException)
            {
                Interlocked.Increment(ref _refused);
            }
        }
    }

    private async Task Send(IClientHandle client, int cost, Random random)
    {
        var request = new StressRequest(cost, random.Next(4) == 0 ? random.Next(1, 6) : 0, random.Next(20) == 0);
        using var source = random.Next(4) == 0 ? new CancellationTokenSource() : null;
        if (source is not null && random.Next(8) == 0)
        {
            await source.CancelAsync();
        }

        try
        {
            var sending = client.For(Server, static request => request.Cost).SendAsync(request, source?.Token ?? default);
            if (source is not null && random.Next(2) == 0)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static source => Cancel(source), source, preferLocal: random.Next(2) == 0);
            }

            Assert.Equal(cost, await sending);
            Assert.True(request.HasEntered);
            Interlocked.Increment(ref _served);
        }
        catch (StressException)
        {
            Interlocked.Increment(ref _failed);
        }
        catch (OperationCanceledException exception)
        {
            Assert.True(source is null || !source.IsCancellationRequested || exception.CancellationToken == source.Token);
            Interlocked.Increment(ref _cancelled);
        }
        catch (BalancerRejectedException)
        {
            Assert.False(request.HasEntered);
            Interlocked.Increment(ref _rejected);
        }
    }

    private async Task Try(IClientHandle client, int cost, Random random)
    {
        var isTaken = random.Next(2) == 0;
        var lease = default(SlotLease);
        if (isTaken)
        {
            isTaken = client.TryAcquire(cost, out lease);
        }
        else
        {
            lease = await client.AcquireOrRejectAsync(cost);
            isTaken = lease.IsHeld;
        }

        if (isTaken)
        {
            Server.Hold(cost);
        }

        lease.Dispose();
        lease.Dispose();
        Interlocked.Increment(ref isTaken ? ref _served : ref _rejected);
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The request ended first.
        }
    }
}
