using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.RateLimiting.Tests.Hosts;

/// <summary>
/// 100 callers in the name of "heavy" (weight 3) against 400 of "light" (weight 1), each calling again as soon as it is answered. The server's requests end in the order in which they began, and the balancer's clock moves on
/// with each that ends, so that nothing depends on how fast this machine is.
/// </summary>
internal sealed class UnequalLoad(IBalancer balancer, FakeTimeProvider clock, WorkServer server, Func<string, CancellationToken, Task> call)
{
    public const int Limit = 10;

    private const int HeavyCallers = 100;
    private const int LightCallers = 400;
    private const int Settling = 200;
    private const int Counted = 800;

    /// <summary>Runs it and checks the shares.</summary>
    public async Task RunAsync()
    {
        using var stop = new CancellationTokenSource();
        var callers = Callers("heavy", HeavyCallers, stop.Token).Concat(Callers("light", LightCallers, stop.Token)).ToArray();
        var running = new Queue<WorkItem>();

        // Who holds slots while the others still connect is a matter of luck, and pays back what it had too much of: both are over before anything is counted.
        Eventually.True(() => balancer.GetSnapshot().Waiting == HeavyCallers + LightCallers - Limit, "all callers wait");
        await ServeAsync(Settling, running);
        var heavy = await ServeAsync(Counted, running);

        // Before anybody leaves: a proxy gives the slot of an aborted call back while the server behind it still finds out.
        var most = server.Most;
        await stop.CancelAsync();
        await Task.WhenAll(callers).Within();
        foreach (var item in running)
        {
            item.Done.TrySetResult();
        }

        Eventually.True(() => balancer.GetSnapshot() is { InFlight: 0, Waiting: 0 }, "every slot comes back");
        Assert.InRange(heavy / (double)(Counted - heavy), 3 * 0.95, 3 * 1.05);
        Assert.Equal(Limit, most);
    }

    /// <summary>Ends so many requests, one after another.</summary>
    /// <returns>How many of them were of the heavy client.</returns>
    private async Task<int> ServeAsync(int count, Queue<WorkItem> running)
    {
        Assert.True(balancer.TryGetClient("heavy", out var client));
        var heavy = 0;
        for (var i = 0; i < count; i++)
        {
            while (running.Count < Limit)
            {
                running.Enqueue(await server.NextAsync());
            }

            Eventually.True(() => client.Waiting >= HeavyCallers / 2, "those who were answered have called again");
            clock.Advance(TimeSpan.FromMilliseconds(10));
            var item = running.Dequeue();
            heavy += item.Client == "heavy" ? 1 : 0;
            item.Done.SetResult();
        }

        return heavy;
    }

    private IEnumerable<Task> Callers(string name, int count, CancellationToken stop) => Enumerable.Range(0, count).Select(_ => Task.Run(async () =>
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await call(name, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The end.
        }
    }));
}
