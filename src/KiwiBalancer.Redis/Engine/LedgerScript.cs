using System.Globalization;
using KiwiBalancer.Redis.Ledger;
using StackExchange.Redis;

namespace KiwiBalancer.Redis.Engine;

/// <summary>The ledger step as the engine runs it, and how reports, replies and pushes are written.</summary>
internal static class LedgerScript
{
    /// <summary>The script, <c>Ledger/step.lua</c>.</summary>
    public static string Text { get; } = Read();

    /// <summary>The ledger's key. The braces keep everything of a resource on one shard of a cluster.</summary>
    public static string Key(string resource) => $"kiwi:{{{resource}}}";

    /// <summary>Where a node is pushed to.</summary>
    public static string Channel(string resource, string node) => $"{Key(resource)}:{node}";

    /// <summary>A report as the script's arguments.</summary>
    public static RedisValue[] Write(NodeReport report) =>
    [
        report.Node, report.Seq, report.Run, report.Held, report.Echo, report.InFlight, report.Demand, report.Weight,
        report.Satisfied, report.SatisfiedWeight, report.Limit, report.Ttl, report.Linger, report.IsLeaving ? 1 : 0,
    ];

    /// <summary>A reply from what the script returned.</summary>
    public static LeaseReply ReadReply(RedisResult result)
    {
        var values = (RedisResult[])result!;
        return new LeaseReply
        {
            Seq = (long)values[0],
            IsRefused = (long)values[1] != 0,
            Cap = (int)values[2],
            Ttl = (long)values[3],
            Run = (string)values[4]!,
            Exp = (long)values[5],
            Limit = (int)values[6],
            Level = double.Parse((string)values[7]!, CultureInfo.InvariantCulture),
            RetryAfter = (long)values[8],
            IsQuarantined = (long)values[9] != 0,
            IsRecalled = (long)values[10] != 0,
        };
    }

    /// <summary>A push, <c>cap seq</c>; null if it is not one.</summary>
    public static CapPush? ReadPush(string node, string? message)
    {
        var words = message?.Split(' ');
        return words is [var cap, var seq] && int.TryParse(cap, NumberStyles.None, CultureInfo.InvariantCulture, out var slots) && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new CapPush(node, slots, number)
            : null;
    }

    private static string Read()
    {
        using var stream = typeof(LedgerScript).Assembly.GetManifestResourceStream("step.lua")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
