using System.Diagnostics;
using System.Globalization;
using KiwiBalancer.Fleet.Engines;

namespace KiwiBalancer.Fleet.Figures;

/// <summary>More nodes than slots: they take turns, by weight.</summary>
internal static class TurnsFigure
{
    private const int Limit = 5;
    private const int Light = 11;
    private const int HeavyWeight = 5;
    private const int Seconds = 60;

    /// <summary>Eleven nodes of weight 1 and one of weight 5, all of them busy, for a minute.</summary>
    public static async Task<IReadOnlyList<(string What, string Value)>> RunAsync(RedisServer redis)
    {
        var nodes = new List<LocalNode>();
        try
        {
            for (int i = 0; i <= Light; i++)
            {
                nodes.Add(new LocalNode(redis.Configuration, "turns", Limit, i == Light ? HeavyWeight : 1));
                nodes[i].Load(2 * Limit, 50, 150);
            }

            await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System);
            double[] before = [.. nodes.Select(n => n.SlotSeconds)];
            long began = Stopwatch.GetTimestamp();
            await Task.Delay(TimeSpan.FromSeconds(Seconds), TimeProvider.System);
            double[] held = [.. nodes.Select((n, i) => n.SlotSeconds - before[i])];
            double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            double light = held.Take(Light).Average();
            return
            [
                ("12 nodes on L = 5, weights 11x1 + 1x5: heavy / light", string.Create(CultureInfo.InvariantCulture, $"{held[Light] / light:F2}")),
                ("the same: lights, least and most of their mean", string.Create(CultureInfo.InvariantCulture, $"{held.Take(Light).Min() / light:F2}-{held.Take(Light).Max() / light:F2}")),
                ("the same: slots in use", string.Create(CultureInfo.InvariantCulture, $"{100 * held.Sum() / (Limit * seconds):F1} %")),
            ];
        }
        finally
        {
            await Task.WhenAll(nodes.Select(n => n.DisposeAsync().AsTask()));
        }
    }
}
