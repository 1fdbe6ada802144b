using System.Runtime.InteropServices;

namespace KiwiBalancer.Ledger;

/// <summary>A word alone on its cache lines: two lines each side, because processors fetch lines in pairs.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PaddedWord
{
    [FieldOffset(128)]
    public long Value;
}
