namespace KiwiBalancer.Granting;

/// <summary>
/// The ideal: weighted max-min shares s = min(d, λ·w) with Σ s = min(limit, Σ d) (Bertsekas and Gallager, "Data Networks", 6.5.2).
/// For snapshots and tests; the policy itself keeps the level up to date event by event (<see cref="WaterLevel"/>).
/// </summary>
internal static class WaterFilling
{
    /// <summary>Fills <paramref name="shares"/>; whole shares come out exact. O(n log n), allocates its sorting order.</summary>
    public static void Fill(ReadOnlySpan<long> demands, ReadOnlySpan<int> weights, long limit, Span<double> shares)
    {
        var order = new int[demands.Length];
        var keys = new double[demands.Length];
        var weight = 0L;
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            keys[i] = (double)demands[i] / weights[i];
            weight += demands[i] > 0 ? weights[i] : 0;
        }

        // Who is thirstiest per weight drinks last: once one wants more than its part, so do all after it.
        Array.Sort(keys, order);
        var left = Math.Max(0, limit);
        foreach (var i in order)
        {
            if (demands[i] <= 0)
            {
                shares[i] = 0;
            }
            else if ((Int128)demands[i] * weight <= (Int128)left * weights[i])
            {
                shares[i] = demands[i];
                left -= demands[i];
                weight -= weights[i];
            }
            else
            {
                shares[i] = (double)((Int128)left * weights[i] / weight) + ((double)(long)((Int128)left * weights[i] % weight) / weight);
            }
        }
    }
}
