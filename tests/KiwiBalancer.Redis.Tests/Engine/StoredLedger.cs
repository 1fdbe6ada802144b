using System.Collections.Immutable;
using System.Globalization;
using KiwiBalancer.Redis.Ledger;
using StackExchange.Redis;

namespace KiwiBalancer.Redis.Tests.Engine;

/// <summary>The ledger as the script keeps it.</summary>
internal static class StoredLedger
{
    public static HashEntry[] Write(FleetLedger ledger) =>
    [
        new("#", Join(ledger.Run, ledger.Now, ledger.QuarantineFrom, ledger.QuarantineEnd, ledger.Limit, ledger.SumHold, ledger.NextRecompute, ledger.LastRecompute, ledger.Level, ledger.Contested)),
        .. ledger.Nodes.Select(node => new HashEntry(node.Key, Write(node.Value))),
    ];

    public static FleetLedger Read(HashEntry[] hash)
    {
        var header = ((string)hash.Single(field => field.Name == "#").Value!).Split(' ');
        return new FleetLedger
        {
            Run = header[0],
            Now = Whole(header[1]),
            QuarantineFrom = Whole(header[2]),
            QuarantineEnd = Whole(header[3]),
            Limit = (int)Whole(header[4]),
            SumHold = Whole(header[5]),
            NextRecompute = Whole(header[6]),
            LastRecompute = Whole(header[7]),
            Level = Fraction(header[8]),
            Contested = Whole(header[9]),
            Nodes = hash.Where(field => field.Name != "#").ToImmutableSortedDictionary(field => (string)field.Name!, field => Entry(field.Value!), StringComparer.Ordinal),
        };
    }

    private static string Write(NodeEntry entry) => Join(
        entry.Seq, entry.Exp, entry.Until, entry.Cap, entry.Hold, entry.Limit, entry.Demand, entry.Weight, entry.Satisfied, entry.SatisfiedWeight, entry.Target, entry.Ideal, entry.Credit,
        entry.IsContender ? 1 : 0, entry.IsAsked ? 1 : 0, entry.IsLeaving ? 1 : 0);

    private static NodeEntry Entry(string text)
    {
        var words = text.Split(' ');
        return new NodeEntry
        {
            Seq = Whole(words[0]),
            Exp = Whole(words[1]),
            Until = Whole(words[2]),
            Cap = (int)Whole(words[3]),
            Hold = (int)Whole(words[4]),
            Limit = (int)Whole(words[5]),
            Demand = Whole(words[6]),
            Weight = Whole(words[7]),
            Satisfied = Whole(words[8]),
            SatisfiedWeight = Whole(words[9]),
            Target = (int)Whole(words[10]),
            Ideal = Fraction(words[11]),
            Credit = Fraction(words[12]),
            IsContender = words[13] == "1",
            IsAsked = words[14] == "1",
            IsLeaving = words[15] == "1",
        };
    }

    private static string Join(params object[] values) => string.Join(' ', values.Select(value => value is double fraction ? fraction.ToString("G17", CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{value}")));

    private static long Whole(string word) => long.Parse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static double Fraction(string word) => double.Parse(word, CultureInfo.InvariantCulture);
}
