namespace KiwiBalancer.Redis.Node;

/// <summary>The highest demand of the last half to whole second: requests come in gusts, and a lease should not follow each.</summary>
internal sealed class DemandPeak
{
    private const long Half = 500;

    private long _since = long.MinValue / 2;
    private long _now;
    private long _before;

    /// <summary>The highest demand seen lately.</summary>
    public long Value => Math.Max(_now, _before);

    /// <summary>Sees what is wanted now.</summary>
    public void See(long wanted, long time)
    {
        if (time - _since >= Half)
        {
            _before = time - _since >= 2 * Half ? wanted : _now;
            _now = wanted;
            _since = time;
        }

        _now = Math.Max(_now, wanted);
    }
}
