namespace KiwiBalancer.Demo.Measuring;

/// <summary>A union of time spans, added in order, and how much of any other span lies in it.</summary>
internal sealed class ContendedTime
{
    private readonly List<long> _starts = [];
    private readonly List<long> _ends = [];

    // What lies before each start, so that a query needs one search and no sum.
    private readonly List<long> _before = [];

    /// <summary>The length of all spans, in timestamp ticks.</summary>
    public long Total { get; private set; }

    /// <param name="start">Not before the end of the last span.</param>
    /// <param name="end">After <paramref name="start"/>.</param>
    public void Add(long start, long end)
    {
        if (_ends.Count > 0 && _ends[^1] == start)
        {
            _ends[^1] = end;
        }
        else
        {
            _starts.Add(start);
            _ends.Add(end);
            _before.Add(Total);
        }

        Total += end - start;
    }

    /// <summary>How much of the span lies in the union.</summary>
    public long Within(long start, long end) => Until(end) - Until(start);

    private long Until(long time)
    {
        int index = _starts.BinarySearch(time);
        index = index >= 0 ? index : ~index - 1;
        return index < 0 ? 0 : _before[index] + Math.Min(time, _ends[index]) - _starts[index];
    }
}
