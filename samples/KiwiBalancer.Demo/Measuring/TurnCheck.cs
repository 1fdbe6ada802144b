using KiwiBalancer.Fragile;

namespace KiwiBalancer.Demo.Measuring;

/// <summary>Whether clients had the server one at a time, as the server saw it.</summary>
internal static class TurnCheck
{
    /// <summary>How often slots were taken while another client still held some.</summary>
    /// <remarks>Exact: the server notes the end of a hold before it answers, so the next turn cannot begin before that.</remarks>
    public static int Overlaps(ReadOnlySpan<HoldRecord> holds)
    {
        HoldRecord[] sorted = holds.ToArray();
        Array.Sort(sorted, (a, b) => a.Entered.CompareTo(b.Entered));

        // Until when slots are held, by the client that holds longest and by any other.
        (int Client, long Until) longest = (-1, 0);
        long others = 0;
        int overlaps = 0;
        foreach (HoldRecord hold in sorted)
        {
            bool isSame = hold.Client == longest.Client;
            overlaps += (isSame ? others : longest.Until) > hold.Entered ? 1 : 0;
            if (isSame)
            {
                longest.Until = Math.Max(longest.Until, hold.Left);
            }
            else if (hold.Left > longest.Until)
            {
                (others, longest) = (longest.Until, (hold.Client, hold.Left));
            }
            else
            {
                others = Math.Max(others, hold.Left);
            }
        }

        return overlaps;
    }
}
