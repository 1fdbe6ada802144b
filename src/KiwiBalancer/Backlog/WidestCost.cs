using System.Runtime.InteropServices;

namespace KiwiBalancer.Backlog;

/// <summary>
/// The largest cost a client holds or waits with, without a look at each: the maximum over the last two generations of arrivals. A generation ends when as many
/// requests have been granted as were outstanding when it began, so by the end of the next one those of the first have, in general, left.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct WidestCost
{
    private const int ShortestGeneration = 16;

    private int _this;
    private int _last;
    private int _left;

    public readonly int Value => Math.Max(1, Math.Max(_this, _last));

    public void Arrived(int cost) => _this = Math.Max(_this, cost);

    public void Granted(int outstanding)
    {
        if (--_left > 0)
        {
            return;
        }

        _last = _this;
        _this = 0;
        _left = Math.Max(ShortestGeneration, outstanding);
    }

    /// <summary>The client holds nothing and waits for nothing.</summary>
    public void Clear() => this = default;
}
