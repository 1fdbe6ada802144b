using System.Runtime.InteropServices;

namespace KiwiBalancer.Redis.Node;

/// <summary>A node's two clocks, in milliseconds. The first never jumps but may stand still while the machine sleeps; the second does not stand still but may be set.</summary>
/// <param name="Monotonic">Since any origin.</param>
/// <param name="Wall">The time of day.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NodeTime(long Monotonic, long Wall)
{
    /// <summary>Both, moved on.</summary>
    public static NodeTime operator +(NodeTime time, long milliseconds) => new(time.Monotonic + milliseconds, time.Wall + milliseconds);

    /// <summary>Whether neither clock has come to <paramref name="deadline"/>.</summary>
    public bool IsBefore(NodeTime deadline) => Monotonic < deadline.Monotonic && Wall < deadline.Wall;
}
