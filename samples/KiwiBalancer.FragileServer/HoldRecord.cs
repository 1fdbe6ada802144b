using System.Runtime.InteropServices;

namespace KiwiBalancer.Fragile;

/// <summary>Slots that were held at the server, and from when to when.</summary>
/// <remarks>Times are <see cref="System.Diagnostics.Stopwatch"/> timestamps: one monotonic clock for all processes of a machine.</remarks>
/// <param name="Entered">Just after the slots were counted in.</param>
/// <param name="Left">Just before they were counted out.</param>
/// <param name="Client">The index of the client that held them.</param>
/// <param name="Cost">How many.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct HoldRecord(long Entered, long Left, int Client, int Cost);
