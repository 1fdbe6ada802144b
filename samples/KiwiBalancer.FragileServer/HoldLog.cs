using System.Runtime.InteropServices;

namespace KiwiBalancer.Fragile;

/// <summary>Every hold of the run, in memory set aside beforehand: writing one costs an increment and a store.</summary>
internal sealed class HoldLog(int capacity)
{
    private readonly HoldRecord[] _records = new HoldRecord[capacity];
    private int _count;

    public void Add(HoldRecord record)
    {
        int index = Interlocked.Increment(ref _count) - 1;
        if (index < _records.Length)
        {
            _records[index] = record;
        }
    }

    public void Reset() => _count = 0;

    /// <summary>The records as they lie in memory; both processes are one program on one machine.</summary>
    public ReadOnlyMemory<byte> ToBytes() =>
        MemoryMarshal.AsBytes(_records.AsSpan(0, Math.Min(_count, _records.Length))).ToArray();

    public static HoldRecord[] FromBytes(ReadOnlySpan<byte> bytes) => MemoryMarshal.Cast<byte, HoldRecord>(bytes).ToArray();
}
