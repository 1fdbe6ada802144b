using System.Runtime.CompilerServices;
using KiwiBalancer.Interleavings.Tests.Exploring;

namespace System.Threading;

/// <summary>Stands in for the framework's type of this name: each operation is a step of the schedule.</summary>
internal static class Volatile
{
    public static T Read<T>(ref readonly T location, [CallerArgumentExpression(nameof(location))] string what = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0, [CallerMemberName] string member = "")
    {
        Scheduler.Step(Access.Read, "Read", what, file, line, member);
        return location;
    }

    public static void Write<T>(ref T location, T value, [CallerArgumentExpression(nameof(location))] string what = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0, [CallerMemberName] string member = "")
    {
        Scheduler.Step(Access.Write, "Write", what, file, line, member);
        location = value;
    }
}
