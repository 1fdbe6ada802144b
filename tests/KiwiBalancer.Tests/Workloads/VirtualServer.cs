using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Workloads;

/// <summary>
/// A server on a virtual clock: every request takes between 0.5 and 1.5 s, mean 1 s. One request ends at a time, and the next one only when what follows from it has happened: the freed slot is in use again,
/// and every workload has its window outstanding.
/// </summary>
internal sealed class VirtualServer(FakeTimeProvider clock, int limit, int seed) : IServer<int, int>
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private readonly PriorityQueue<TaskCompletionSource<int>, (double Time, int Order)> _running = new();
    private readonly List<(IClientHandle Client, int Window)> _clients = [];
    private int _started;
    private int _ended;

    /// <summary>Virtual seconds since the start.</summary>
    public double Now { get; private set; }

    public ValueTask<int> ProcessAsync(int request, CancellationToken cancellationToken)
    {
        var end = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _running.Enqueue(end, (Now + 0.5 + _random.NextDouble(), _started++));
        }

        return new ValueTask<int>(end.Task);
    }

    /// <summary>A client's endless workload.</summary>
    public Task Play(IClientHandle client, int window, CancellationToken cancellationToken)
    {
        _clients.Add((client, window));
        return client.For(this).SendAllAsync(new WatchedWorkload(long.MaxValue), new() { MaxOutstanding = window }, cancellationToken).ToErrorAsync();
    }

    public void RunUntil(double time)
    {
        while (true)
        {
            Settle();
            TaskCompletionSource<int>? end;
            (double Time, int) due;
            lock (_lock)
            {
                if (!_running.TryPeek(out end, out due) || due.Time > time)
                {
                    break;
                }

                _running.Dequeue();
                _ended++;
            }

            MoveTo(due.Time);
            end.SetResult(0);
        }

        MoveTo(time);
    }

    /// <summary>Ends whatever runs until nothing does.</summary>
    public void Finish(params Task[] readings) => Eventually.True(
        () =>
        {
            lock (_lock)
            {
                while (_running.TryDequeue(out var end, out _))
                {
                    end.SetResult(0);
                }
            }

            return readings.All(reading => reading.IsCompleted);
        },
        "all has ended");

    private void Settle() => Eventually.True(
        () =>
        {
            lock (_lock)
            {
                return _started == _ended + limit && _clients.TrueForAll(client => client.Client.InFlight + client.Client.Waiting == client.Window);
            }
        },
        "the slots are in use and the windows full");

    private void MoveTo(double time)
    {
        var passed = TimeSpan.FromSeconds(time - Now);
        lock (_lock)
        {
            Now = time;
        }

        clock.Advance(passed);
    }
}
