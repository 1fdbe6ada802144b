using System.Diagnostics;
using System.Globalization;
using KiwiBalancer.Fleet.Engines;
using KiwiBalancer.Fleet.Nodes;

namespace KiwiBalancer.Fleet.Figures;

/// <summary>How many reports a node sends, at several rates of requests.</summary>
internal static class MessagesFigure
{
    private const int Seconds = 10;
    private const int Pieces = 50;

    /// <summary>Two nodes, each with that many requests a second, for ten seconds.</summary>
    public static async Task<string> AtAsync(RedisServer redis, int rate)
    {
        using var reports = new ReportCount();
        string resource = string.Create(CultureInfo.InvariantCulture, $"rate-{rate}");
        await using var first = new LocalNode(redis.Configuration, resource, 400);
        await using var second = new LocalNode(redis.Configuration, resource, 400);
        await SendAsync(first, second, rate, 2);
        long before = reports.Value;
        long served = first.Served + second.Served;
        long began = Stopwatch.GetTimestamp();
        await SendAsync(first, second, rate, Seconds);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return string.Create(CultureInfo.InvariantCulture, $"{(reports.Value - before) / seconds / 2:F1} a second at {(first.Served + second.Served - served) / seconds / 2:N0} requests/s");
    }

    // Open loop, in pieces of a fiftieth of a second.
    private static async Task SendAsync(LocalNode first, LocalNode second, int rate, int seconds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / Pieces), TimeProvider.System);
        var calls = new List<Task>();
        for (int piece = 0; piece < seconds * Pieces && await timer.WaitForNextTickAsync(); piece++)
        {
            int count = (rate * (piece + 1) / Pieces) - (rate * piece / Pieces);
            for (int i = 0; i < count; i++)
            {
                calls.Add(first.CallAsync(TimeSpan.FromMilliseconds(20), CancellationToken.None));
                calls.Add(second.CallAsync(TimeSpan.FromMilliseconds(20), CancellationToken.None));
            }
        }

        await Task.WhenAll(calls);
    }
}
