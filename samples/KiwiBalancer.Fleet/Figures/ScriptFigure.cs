using System.Globalization;
using KiwiBalancer.Fleet.Engines;
using KiwiBalancer.Redis.Engine;
using KiwiBalancer.Redis.Ledger;
using StackExchange.Redis;

namespace KiwiBalancer.Fleet.Figures;

/// <summary>What a report costs the engine, by its own clock.</summary>
internal static class ScriptFigure
{
    private const int Reports = 2_000;

    /// <summary>Of a ledger with that many nodes: a report without, and one with a look at all of them.</summary>
    public static async Task<(string Plain, string Recompute)> OfAsync(RedisServer redis, int nodes)
    {
        await using ConnectionMultiplexer connection = await redis.ConnectAsync();
        IDatabase database = connection.GetDatabase();
        RedisKey key = LedgerScript.Key(string.Create(CultureInfo.InvariantCulture, $"script-{nodes}"));
        for (int node = 0; node < nodes; node++)
        {
            await SendAsync(database, key, node, 1);
        }

        // When every node is looked at is written in the header: put off for the one, due for the other.
        double plain = await CostAsync(connection, database, async i =>
        {
            if (i % 100 == 0)
            {
                await PutOffAsync(database, key, 10_000_000);
            }

            await SendAsync(database, key, i % nodes, 2 + (i / nodes));
        }, Reports);
        int few = Math.Max(5, Reports / Math.Max(20, nodes));
        double recompute = await CostAsync(connection, database, async i =>
        {
            await PutOffAsync(database, key, 0);
            await SendAsync(database, key, i % nodes, 100_000 + i);
        }, few);
        await database.KeyDeleteAsync(key);
        return (Microseconds(plain), Microseconds(recompute));
    }

    private static Task<RedisResult> SendAsync(IDatabase database, RedisKey key, int node, long seq) => database.ScriptEvaluateAsync(LedgerScript.Text, [key], LedgerScript.Write(new NodeReport
    {
        Node = string.Create(CultureInfo.InvariantCulture, $"{node:x16}"),
        Seq = seq,
        Run = "",
        Held = 0,
        Echo = 0,
        InFlight = 0,
        Demand = node % 3,
        Weight = 1,
        Satisfied = 0,
        SatisfiedWeight = 0,
        Limit = 20_000,
        Ttl = 600_000,
        Linger = 1_000,
        IsLeaving = false,
    }));

    private static async Task PutOffAsync(IDatabase database, RedisKey key, long by)
    {
        string[] header = ((string)(await database.HashGetAsync(key, "#"))!).Split(' ');
        header[6] = (long.Parse(header[1], CultureInfo.InvariantCulture) + by).ToString(CultureInfo.InvariantCulture);
        await database.HashSetAsync(key, "#", string.Join(' ', header));
    }

    private static async Task<double> CostAsync(ConnectionMultiplexer connection, IDatabase database, Func<int, Task> send, int count)
    {
        (long calls, long microseconds) = await ReadAsync(connection);
        for (int i = 0; i < count; i++)
        {
            await send(i);
        }

        (long callsAfter, long microsecondsAfter) = await ReadAsync(connection);
        return (double)(microsecondsAfter - microseconds) / (callsAfter - calls);
    }

    private static async Task<(long Calls, long Microseconds)> ReadAsync(ConnectionMultiplexer connection)
    {
        const string line = "cmdstat_evalsha:calls=";
        string text = await connection.GetServers()[0].InfoRawAsync("commandstats") ?? "";
        int at = text.IndexOf(line, StringComparison.Ordinal);
        string[] words = at < 0 ? ["0", "usec=0"] : text[(at + line.Length)..].Split(',');
        return (long.Parse(words[0], CultureInfo.InvariantCulture), long.Parse(words[1].AsSpan("usec=".Length), CultureInfo.InvariantCulture));
    }

    private static string Microseconds(double cost) => string.Create(CultureInfo.InvariantCulture, $"{cost:N0} us");
}
