using System.Runtime.CompilerServices;
using KiwiBalancer.Interleavings.Tests.Exploring;

namespace System.Threading;

/// <summary>Stands in for the framework's type of this name: each operation is a step of the schedule. One thread runs at a time, so plain reads and writes do.</summary>
internal static class Interlocked
{
    public static int Increment(ref int location, [CallerArgumentExpression(nameof(location))] string what = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0, [CallerMemberName] string member = "")
    {
        Scheduler.Step(Access.Write, "Increment", what, file, line, member);
        return ++location;
    }

    public static long Increment(ref long location, [CallerArgumentExpression(nameof(location))] string what = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0, [CallerMemberName] string member = "")
    {
        Scheduler.Step(Access.Write, "Increment", what, file, line, member);
        return ++location;
    }

    public static int Decrement(ref int location, [CallerArgumentExpression(nameof(location))] string what = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0, [CallerMemberName] string member = "")
    {
        Scheduler.Step(Access.Write, "Decrement", what, file, line, member);
        return --location;
    }

    public static long Decrement(ref long location, [CallerArgumentExpression(nameof(location))] string what = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0, [CallerMemberName] string member = "")
    {
        Scheduler.Step(Access.Write, "Decrement", what, file, line, member);
        return --location;
    }

    public static int Add(ref int location, int value, [CallerArgumentExpression(nameof(location))] string what = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0, [CallerMemberName] string member = "")
    {
        Scheduler.Step(Access.Write, "Add", what, file, line, member);
        return location += value;
    }

    public static long Add(ref long location, long value, [CallerArgumentExpression(nameof(location))] string what = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0, [CallerMemberName] string member = "")
    {
        Scheduler.Step(Access.Write, "Add", what, file, line, member);
        return location += value;
    }

    public static long And(ref long location, long value, [CallerArgumentExpression(nameof(location))] string what = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0, [CallerMemberName] string member = "")
    {
        Scheduler.Step(Access.Write, "And", what, file, line, member);
        var before = location;
        location = before & value;
        return before;
    }

    public static long Or(ref long location, long value, [CallerArgumentExpression(nameof(location))] string what = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0, [CallerMemberName] string member = "")
    {
        Scheduler.Step(Access.Write, "Or", what, file, line, member);
        var before = location;
        location = before | value;
        return before;
    }

    public static int And(ref int location, int value, [CallerArgumentExpression(nameof(location))] string what = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0, [CallerMemberName] string member = "")
    {
        Scheduler.Step(Access.Write, "And", what, file, line, member);
        var before = location;
        location = before & value;
        return before;
    }

    public static int Or(ref int location, int value, [CallerArgumentExpression(nameof(location))] string what = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0, [CallerMemberName] string member = "")
    {
        Scheduler.Step(Access.Write, "Or", what, file, line, member);
        var before = location;
        location = before | value;
        return before;
    }

    public static T Exchange<T>(ref T location, T value, [CallerArgumentExpression(nameof(location))] string what = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0, [CallerMemberName] string member = "")
    {
        Scheduler.Step(Access.Write, "Exchange", what, file, line, member);
        var before = location;
        location = value;
        return before;
    }

    public static T CompareExchange<T>(
        ref T location, T value, T comparand, [CallerArgumentExpression(nameof(location))] string what = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0, [CallerMemberName] string member = "")
    {
        Scheduler.Step(Access.Write, "CompareExchange", what, file, line, member);
        var before = location;

        // The framework's compares objects by reference.
        if (typeof(T).IsValueType ? EqualityComparer<T>.Default.Equals(before, comparand) : ReferenceEquals(before, comparand))
        {
            location = value;
        }

        return before;
    }

    public static long Read(ref readonly long location, [CallerArgumentExpression(nameof(location))] string what = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0, [CallerMemberName] string member = "")
    {
        Scheduler.Step(Access.Read, "Read", what, file, line, member);
        return location;
    }

    public static void MemoryBarrier([CallerFilePath] string file = "", [CallerLineNumber] int line = 0, [CallerMemberName] string member = "") =>
        Scheduler.Step(Access.Read, "MemoryBarrier", "_fence", file, line, member);
}
