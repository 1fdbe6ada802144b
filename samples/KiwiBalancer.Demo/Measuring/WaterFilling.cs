namespace KiwiBalancer.Demo.Measuring;

/// <summary>
/// The exact weighted max-min share: s = min(d, λ·w) for every client, with λ chosen so that all shares together are min(limit, all demand).
/// A client that wants less than its part gets all it wants; what it leaves is shared by the others by weight.
/// </summary>
internal sealed class WaterFilling
{
    private readonly int _limit;
    private readonly int[] _weights;
    private readonly int[] _order;

    public WaterFilling(int limit, IEnumerable<int> weights)
    {
        _limit = limit;
        _weights = [.. weights];
        _order = [.. Enumerable.Range(0, _weights.Length)];
    }

    /// <param name="demand">What each client wants, in slots.</param>
    /// <param name="shares">What each gets.</param>
    public void Fill(ReadOnlySpan<int> demand, Span<double> shares)
    {
        SortByDemandOfWeight(demand);
        double left = _limit;
        long weights = 0;
        foreach (int weight in _weights)
        {
            weights += weight;
        }

        // Those that want least for their weight are filled first; the level rises with what they leave.
        foreach (int client in _order)
        {
            double level = left * _weights[client] / weights;
            shares[client] = Math.Min(demand[client], level);
            left -= shares[client];
            weights -= _weights[client];
        }
    }

    // By insertion: from one event to the next hardly anything moves.
    private void SortByDemandOfWeight(ReadOnlySpan<int> demand)
    {
        for (int i = 1; i < _order.Length; i++)
        {
            int client = _order[i];
            int place = i;
            while (place > 0 && (long)demand[_order[place - 1]] * _weights[client] > (long)demand[client] * _weights[_order[place - 1]])
            {
                _order[place] = _order[place - 1];
                place--;
            }

            _order[place] = client;
        }
    }
}
