namespace KiwiBalancer.Soak;

/// <summary>How many requests ended how.</summary>
internal sealed class Tally
{
    private readonly long[] _counts = new long[Enum.GetValues<End>().Length];

    public long this[End end] => Interlocked.Read(ref _counts[(int)end]);

    public long Total => Enum.GetValues<End>().Sum(end => this[end]);

    public void Count(End end) => Interlocked.Increment(ref _counts[(int)end]);
}
