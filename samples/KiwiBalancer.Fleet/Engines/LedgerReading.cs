using System.Globalization;
using StackExchange.Redis;

namespace KiwiBalancer.Fleet.Engines;

/// <summary>What the ledger says, read from the engine at one moment.</summary>
/// <param name="Limit">The limit in force.</param>
/// <param name="SumHold">What the engine assumes to be held by all nodes.</param>
/// <param name="Holds">What it assumes to be held by each, summed up.</param>
/// <param name="IsQuarantined">It waits until all leases that it may have forgotten have ended.</param>
internal sealed record LedgerReading(int Limit, long SumHold, long Holds, bool IsQuarantined)
{
    // The ledger is a hash: the header in '#' is "run now quarantineFrom quarantineEnd limit sumHold ...", each node's entry "seq exp till cap hold ...".
    private const string Header = "#";

    /// <summary>Null if there is none.</summary>
    public static async Task<LedgerReading?> ReadAsync(IConnectionMultiplexer connection, string resource)
    {
        HashEntry[] fields = await connection.GetDatabase().HashGetAllAsync($"kiwi:{{{resource}}}");
        if (fields.FirstOrDefault(f => f.Name == Header) is not { Value.HasValue: true } header)
        {
            return null;
        }

        string[] words = ((string)header.Value!).Split(' ');
        return new LedgerReading((int)Number(words[4]), Number(words[5]), fields.Where(f => f.Name != Header).Sum(f => Number(((string)f.Value!).Split(' ')[4])), Number(words[1]) < Number(words[3]));
    }

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);
}
