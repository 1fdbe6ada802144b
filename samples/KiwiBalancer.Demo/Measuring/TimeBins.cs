namespace KiwiBalancer.Demo.Measuring;

/// <summary>A value over time as its mean in spans of equal length.</summary>
internal sealed class TimeBins(long start, long end, int count)
{
    private readonly double[] _sums = new double[count];
    private readonly double _width = (double)(end - start) / count;

    /// <summary>Adds a value that held from one moment to another.</summary>
    public void Add(long from, long to, double value)
    {
        int first = Math.Clamp((int)((from - start) / _width), 0, count - 1);
        int last = Math.Clamp((int)((to - start) / _width), first, count - 1);
        for (int bin = first; bin <= last; bin++)
        {
            double within = Math.Min(to - start, (bin + 1) * _width) - Math.Max(from - start, bin * _width);
            _sums[bin] += Math.Max(0, within) * value;
        }
    }

    public double[] Means() => [.. _sums.Select(sum => sum / _width)];
}
