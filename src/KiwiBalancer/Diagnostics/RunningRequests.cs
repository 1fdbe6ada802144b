namespace KiwiBalancer.Diagnostics;

/// <summary>
/// Since when the requests at the server run, so that a snapshot can show the oldest. Lock-free; a place is found by probing, and places come in blocks that are added when the ones there are fill up.
/// </summary>
internal sealed class RunningRequests
{
    /// <summary>What <see cref="Enter"/> gives when it has found no place, and what a request has that has none.</summary>
    public const int NoPlace = -1;

    private const int FirstBlock = 64;
    private const int Probes = 8;
    private const int MostBlocks = 24;

    // Invariant: block b has FirstBlock << b places; a place holds 0, or the start of one running request plus 1.
    // Written by: a place by whoever takes it (0 → start, compare-exchange) and gives it back (start → 0); a block by whoever adds it (compare-exchange).
    private readonly long[]?[] _blocks = new long[MostBlocks][];

    /// <summary>Notes that a request runs since <paramref name="now"/>.</summary>
    /// <returns>Its place, for <see cref="Exit"/>; <see cref="NoPlace"/> if none was found, which only leaves the request out of the snapshot.</returns>
    public int Enter(long now)
    {
        // Threads begin at different places, or all of them would meet at the first.
        var hint = Environment.CurrentManagedThreadId * 8;
        for (var b = 0; b < MostBlocks; b++)
        {
            var block = Volatile.Read(ref _blocks[b]) ?? AddBlock(b);
            for (var probe = 0; probe < Probes; probe++)
            {
                var index = (hint + probe) & (block.Length - 1);
                if (Volatile.Read(ref block[index]) == 0 && Interlocked.CompareExchange(ref block[index], now + 1, 0) == 0)
                {
                    return block.Length - FirstBlock + index;
                }
            }
        }

        return NoPlace;
    }

    /// <summary>Notes that the request has ended.</summary>
    public void Exit(int place)
    {
        if (place >= 0)
        {
            var b = int.Log2((place + FirstBlock) / FirstBlock);
            Volatile.Write(ref _blocks[b]![place + FirstBlock - (FirstBlock << b)], 0);
        }
    }

    /// <summary>The start of the oldest request that runs; null if none does.</summary>
    public long? Oldest()
    {
        var oldest = long.MaxValue;
        foreach (var block in _blocks)
        {
            for (var i = 0; i < block?.Length; i++)
            {
                var start = Volatile.Read(ref block[i]);
                oldest = start != 0 && start < oldest ? start : oldest;
            }
        }

        return oldest == long.MaxValue ? null : oldest - 1;
    }

    private long[] AddBlock(int b)
    {
        var block = new long[FirstBlock << b];
        return Interlocked.CompareExchange(ref _blocks[b], block, null) ?? block;
    }
}
