using System.Diagnostics;
using System.Globalization;
using KiwiBalancer.Fleet.Engines;
using KiwiBalancer.Fleet.Faults;

namespace KiwiBalancer.Fleet.Figures;

/// <summary>How long slots take from one node to another that suddenly wants them.</summary>
internal static class MoveFigure
{
    private const int Limit = 20;
    private const int Times = 9;
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(60);

    /// <summary>Two idle nodes have half each; one wants all.</summary>
    public static async Task<string> OfIdleSlotsAsync(RedisServer redis, int roundTrip)
    {
        await using var network = TcpProxy.To(redis.Port);
        network.Delay = TimeSpan.FromMilliseconds(roundTrip / 2.0);
        string resource = $"idle-{roundTrip}";
        await using var idle = new LocalNode(network.Configuration, resource, Limit);
        await using var hot = new LocalNode(network.Configuration, resource, Limit);
        var took = new List<double>();
        for (int i = 0; i <= Times; i++)
        {
            await UntilAsync(() => idle.Slots == Limit / 2 && hot.Slots == Limit / 2 && hot.InFlight == 0);
            double milliseconds = await MeasureAsync(hot, () => hot.InFlight == Limit);
            await hot.UnloadAsync();

            // The first opens connections and has the code compiled.
            took.AddRange(i > 0 ? [milliseconds] : Array.Empty<double>());
        }

        return Text(took);
    }

    /// <summary>One node is busy with all slots; another one wants its half.</summary>
    public static async Task<string> OfBusySlotsAsync(RedisServer redis)
    {
        await using var busy = new LocalNode(redis.Configuration, "busy", Limit);
        await using var hot = new LocalNode(redis.Configuration, "busy", Limit);
        busy.Load(2 * Limit, 50, 150);
        var took = new List<double>();
        for (int i = 0; i <= Times; i++)
        {
            await UntilAsync(() => busy.InFlight == Limit && hot.InFlight == 0);
            double milliseconds = await MeasureAsync(hot, () => hot.InFlight >= Limit / 2);
            await hot.UnloadAsync();
            took.AddRange(i > 0 ? [milliseconds] : Array.Empty<double>());
        }

        return Text(took);
    }

    // Somewhen: not just after a report, whose gap to the next one would be all there is to see.
    private static async Task<double> MeasureAsync(LocalNode hot, Func<bool> isDone)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(50 + (400 * Random.Shared.NextDouble())), TimeProvider.System);
        long began = Stopwatch.GetTimestamp();
        hot.Load(2 * Limit, 50, 150);
        await UntilAsync(isDone);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static Task UntilAsync(Func<bool> condition) => Task.Run(async () =>
    {
        while (!condition())
        {
            await Task.Yield();
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }).WaitAsync(Watchdog, TimeProvider.System);

    private static string Text(List<double> took) => string.Create(CultureInfo.InvariantCulture,
        $"{took.Min():F0}-{took.Max():F0} ms, median {took.Order().ElementAt(took.Count / 2):F0} ms ({took.Count} times)");
}
