using System.Runtime.InteropServices;

namespace KiwiBalancer.Granting;

/// <summary>How many slots came back a second lately: over the last window that is complete and the one that runs. Owner only.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct ReleaseRate
{
    private const double Window = 1;

    private double _start;
    private double _latest;
    private double _last;
    private double _this;
    private double _lastLength;

    public void Add(long slots, double now)
    {
        // A window ends with the last release at the instant that ends it; many come back at one.
        if (now > _latest && _latest - _start >= Window)
        {
            _lastLength = _latest - _start;
            _last = _this;
            _this = 0;
            _start = _latest;
        }

        _this += slots;
        _latest = now;
    }

    /// <summary>Slots a second; 0 when nothing is known.</summary>
    public readonly double PerSecond(double now)
    {
        var length = _lastLength + (now - _start);
        return length > 0 ? (_last + _this) / length : 0;
    }
}
