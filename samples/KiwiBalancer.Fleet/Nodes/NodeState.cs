using System.Globalization;

namespace KiwiBalancer.Fleet.Nodes;

/// <summary>What a node says of itself, several times a second.</summary>
/// <param name="Slots">The slots of its lease; 0 without one.</param>
/// <param name="InFlight">Slots held.</param>
/// <param name="Waiting">Requests that wait.</param>
/// <param name="Limit">The fleet's limit, as it was told by its configuration.</param>
/// <param name="Granted">Requests that were granted a slot.</param>
/// <param name="Ended">Those of them that have ended.</param>
/// <param name="Answered">Those of them that the server has answered.</param>
/// <param name="Dropped">Those of them that were not sent: their lease was lost before.</param>
/// <param name="Late">Those of them that the server refused because they came too late.</param>
/// <param name="Broke">Those of them that the server broke at: it was over its limit.</param>
/// <param name="Reports">Reports to the engine.</param>
/// <param name="IsLeased">Whether its lease lives.</param>
internal sealed record NodeState(
    int Slots, int InFlight, int Waiting, int Limit, long Granted, long Ended, long Answered, long Dropped, long Late, long Broke, long Reports, bool IsLeased)
{
    public string Format() => string.Create(CultureInfo.InvariantCulture,
        $"{Slots} {InFlight} {Waiting} {Limit} {Granted} {Ended} {Answered} {Dropped} {Late} {Broke} {Reports} {(IsLeased ? 1 : 0)}");

    public static NodeState Parse(string text)
    {
        long[] n = [.. text.Split(' ').Select(word => long.Parse(word, CultureInfo.InvariantCulture))];
        return new NodeState((int)n[0], (int)n[1], (int)n[2], (int)n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11] == 1);
    }
}
