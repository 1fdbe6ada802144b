using System.Diagnostics;
using KiwiBalancer.Gateway.Tests.Support;
using Xunit.Abstractions;

namespace KiwiBalancer.Gateway.Tests;

/// <summary>The whole: many clients, an upstream that breaks above its limit and dies once.</summary>
public sealed class LoadTests(ITestOutputHelper output)
{
    private const int Limit = 32;
    private const int Requests = 10_000;
    private static readonly double[] Weights = [1, 3, 4];

    [Fact]
    public async Task Load_WithAbortsSlowReadersAndADeadUpstream_KeepsTheLimitTheSharesAndTheMemory()
    {
        await using var gateway = await RunningGateway.StartAsync(limit: Limit);
        using var load = new Load(gateway.Address);
        await load.RunAsync(1_500).Within();
        gateway.CheckIntegrity();
        var memory = GC.GetTotalMemory(forceFullCollection: true);

        var restarted = 0L;
        await load.RunAsync(Requests, haltAt: Requests / 3, async () =>
        {
            await CheckUpstreamAsync(gateway);
            await gateway.RestartUpstreamAsync(Limit);
            restarted = Stopwatch.GetTimestamp();
        }).Within();

        gateway.CheckIntegrity();
        await CheckUpstreamAsync(gateway);
        var counts = Enum.GetValues<Load.Answer>().ToDictionary(answer => answer, load.Count);
        output.WriteLine(string.Join(", ", counts));
        Assert.Equal(Requests, counts.Values.Sum());
        Assert.InRange(counts[Load.Answer.Aborted], 1, (Requests / 25) + 1);

        // What was running or waiting when it died: no more than the loops there are.
        Assert.InRange(counts[Load.Answer.Down] + counts[Load.Answer.BrokenOff], 1, 160);
        await CheckSharesAsync(gateway, restarted, load.LastSent);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - memory;
        output.WriteLine($"memory {memory:N0}, grown by {grown:N0}");
        Assert.True(grown < 8_000_000, $"Memory has grown by {grown:N0} bytes.");
    }

    private static async Task CheckUpstreamAsync(RunningGateway gateway)
    {
        var state = await gateway.UpstreamStateAsync();
        Assert.Equal(0, state.Violations);
        Assert.InRange(state.MaxInFlight, 1, Limit);
    }

    /// <summary>The slot-seconds that the upstream itself has seen of each client, while all of them had more to do than their share.</summary>
    private async Task CheckSharesAsync(RunningGateway gateway, long from, long to)
    {
        // A tenth at the beginning until the restarted server and the connections to it are warm.
        from += (to - from) / 10;
        var used = new double[Weights.Length];
        foreach (var hold in await gateway.UpstreamLogAsync())
        {
            used[hold.Client] += Math.Max(0, Math.Min(hold.Left, to) - Math.Max(hold.Entered, from));
        }

        var shares = used.Select(ticks => ticks / used.Sum()).ToArray();
        output.WriteLine($"shares {string.Join(" ", shares.Select(share => share.ToString("P2", System.Globalization.CultureInfo.InvariantCulture)))} over {Stopwatch.GetElapsedTime(from, to)}");
        for (var client = 0; client < Weights.Length; client++)
        {
            var ideal = Weights[client] / Weights.Sum();
            Assert.InRange(shares[client], ideal * 0.95, ideal * 1.05);
        }
    }
}
