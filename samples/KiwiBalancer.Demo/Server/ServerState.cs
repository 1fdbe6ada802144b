using System.Globalization;

namespace KiwiBalancer.Demo.Server;

/// <summary>What the server has counted so far.</summary>
/// <param name="Limit">The slots it has now.</param>
/// <param name="InFlight">Slots held now.</param>
/// <param name="MaxInFlight">The most slots that were claimed at once.</param>
/// <param name="Violations">Requests refused because they were above the limit.</param>
/// <param name="Served">Requests held to their end.</param>
/// <param name="ByClient">Slots held now, by client.</param>
internal sealed record ServerState(int Limit, int InFlight, int MaxInFlight, int Violations, int Served, int[] ByClient)
{
    public string Format() =>
        string.Join(' ', new[] { Limit, InFlight, MaxInFlight, Violations, Served }.Concat(ByClient).Select(n => n.ToString(CultureInfo.InvariantCulture)));

    public static ServerState Parse(string text)
    {
        int[] numbers = [.. text.Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
        return new ServerState(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5..]);
    }
}
