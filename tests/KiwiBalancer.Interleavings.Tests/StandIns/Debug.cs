using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using KiwiBalancer.Interleavings.Tests.Exploring;

namespace System.Diagnostics;

/// <summary>Stands in for the framework's type of this name: an assert that does not hold ends the run, and is what it found.</summary>
internal static class Debug
{
    public static void Assert([DoesNotReturnIf(false)] bool condition, string? message = null, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        if (!condition)
        {
            Scheduler.Fail($"Assert: {message ?? what}");
        }
    }

    [DoesNotReturn]
    public static void Fail(string message) => Scheduler.Fail($"Assert: {message}");
}
