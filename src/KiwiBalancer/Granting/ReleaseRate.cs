using System.Runtime.InteropServices;

namespace KiwiBalancer.Granting;

/// <summary>How many slots came back a second lately: over the last window that is complete and the one that runs. Owner only.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct ReleaseRate
{
    private const double Window = 1;

    private double _start;
    private double _last;
    private double _this;
    private double _lastLength;

    public void Add(long slots, double now)
    {
        // Counted before the window may close: a window ends with the release that ends it.
        _this += slots;
        if (now - _start >= Window)
        {
            _lastLength = now - _start;
            _last = _this;
            _this = 0;
            _start = now;
        }
    }

    /// <summary>Slots a second; 0 when nothing is known.</summary>
    public readonly double PerSecond(double now)
    {
        var length = _lastLength + (now - _start);
        return length > 0 ? (_last + _this) / length : 0;
    }
}
