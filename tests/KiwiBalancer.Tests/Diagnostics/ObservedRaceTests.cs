using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Diagnostics;

/// <summary>Many threads while somebody listens, all the time or now and then.</summary>
public sealed class ObservedRaceTests
{
    private const int Callers = 8;
    private const int Each = 500;

    [Fact]
    public async Task Requests_FromManyThreads_AreEachCountedOnceByHowTheyEnded()
    {
        using var meters = new Meters();
        using var requests = meters.Counts("requests");
        using var durations = meters.Seconds("request.duration");
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 2, MaxQueueLength = 3 }, meterFactory: meters.Factory);

        var ended = await SendAsync(balancer);

        Assert.Equal(Callers * Each, ended.Values.Sum());
        var counted = Meters.Read(requests).CountBy(row => row.Split(' ')[1], StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        Assert.Equal(ended.OrderBy(result => result.Key, StringComparer.Ordinal), counted.OrderBy(result => result.Key, StringComparer.Ordinal));
        Assert.InRange(durations.GetMeasurementSnapshot().Count, ended["completed"], ended.Values.Sum());
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Requests_WhileListenersComeAndGo_GiveEverySlotBack()
    {
        using var meters = new Meters();
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 2, MaxQueueLength = 3 }, meterFactory: meters.Factory);
        var sending = SendAsync(balancer);

        while (!sending.IsCompleted)
        {
            using var requests = meters.Counts("requests");
            Assert.All(meters.Read("active_requests"), row => Assert.DoesNotContain('-', row));
            Thread.Yield();
        }

        Assert.Equal(Callers * Each, (await sending).Values.Sum());
        Integrity.Check(balancer);
    }

    /// <summary>Sends requests of every kind.</summary>
    /// <returns>How many ended in which way, as their callers saw it.</returns>
    private static async Task<Dictionary<string, int>> SendAsync(WeightedBalancer balancer)
    {
        var callers = Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var client = balancer.Register($"c{caller}");
            var ends = new List<string>();
            for (var i = 0; i < Each; i++)
            {
                ends.Add(await SendAsync(client, i));
            }

            return ends;
        })).ToArray();
        return (await Task.WhenAll(callers).Within()).SelectMany(static ends => ends).CountBy(static end => end, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
    }

    private static async Task<string> SendAsync(IClientHandle client, int i)
    {
        using var source = new CancellationTokenSource();
        try
        {
            if (i % 4 == 0)
            {
                using var lease = await client.AcquireOrRejectAsync();
                await Task.Yield();
                return lease.Rejection is null ? "completed" : "queue_full";
            }

            var sending = client.RunAsync(static async (i, token) =>
            {
                await Task.Yield();
                return i % 4 == 1 ? throw new InvalidOperationException() : i;
            }, i, source.Token);
            if (i % 4 == 2)
            {
                await source.CancelAsync();
            }

            await sending;
            return "completed";
        }
        catch (BalancerRejectedException)
        {
            return "queue_full";
        }
        catch (InvalidOperationException)
        {
            return "failed";
        }
        catch (OperationCanceledException)
        {
            return "canceled";
        }
    }
}
