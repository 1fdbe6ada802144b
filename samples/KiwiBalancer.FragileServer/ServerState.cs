using System.Globalization;

namespace KiwiBalancer.Fragile;

/// <summary>What the server has counted so far.</summary>
/// <param name="Limit">The slots it has now.</param>
/// <param name="InFlight">Slots held now.</param>
/// <param name="MaxInFlight">The most slots that were claimed at once.</param>
/// <param name="Violations">Requests refused because they were above the limit.</param>
/// <param name="Late">Requests refused because they came later than they said they might.</param>
/// <param name="Served">Requests held to their end.</param>
/// <param name="SlotMilliseconds">Slots held times time, about.</param>
/// <param name="ByClient">Slots held now, by client.</param>
internal sealed record ServerState(int Limit, int InFlight, int MaxInFlight, int Violations, int Late, int Served, long SlotMilliseconds, int[] ByClient)
{
    public string Format() =>
        string.Join(' ', new[] { Limit, InFlight, MaxInFlight, Violations, Late, Served, SlotMilliseconds }.Concat(ByClient.Select(n => (long)n)).Select(n => n.ToString(CultureInfo.InvariantCulture)));

    public static ServerState Parse(string text)
    {
        long[] numbers = [.. text.Split(' ').Select(n => long.Parse(n, CultureInfo.InvariantCulture))];
        return new ServerState((int)numbers[0], (int)numbers[1], (int)numbers[2], (int)numbers[3], (int)numbers[4], (int)numbers[5], numbers[6], [.. numbers[7..].Select(n => (int)n)]);
    }
}
