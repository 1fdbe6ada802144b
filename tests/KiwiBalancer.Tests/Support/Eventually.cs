using System.Diagnostics;

namespace KiwiBalancer.Tests.Support;

/// <summary>Waits for a state that other threads bring about, with a watchdog. It polls by yielding, so it passes as soon as the state is there.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Watchdog = TimeSpan.FromMinutes(2);

    public static void True(Func<bool> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < Watchdog, $"Waited {Watchdog.TotalSeconds} s in vain for: {what}");
            Thread.Yield();
        }
    }

    /// <summary>The task's result, or a failure when the watchdog barks.</summary>
    public static Task<T> Within<T>(this Task<T> task) => task.WaitAsync(Watchdog);

    /// <inheritdoc cref="Within{T}(Task{T})"/>
    public static Task Within(this Task task) => task.WaitAsync(Watchdog);

    /// <inheritdoc cref="Within{T}(Task{T})"/>
    public static Task<T> Within<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Watchdog);

    /// <inheritdoc cref="Within{T}(Task{T})"/>
    public static Task Within(this ValueTask task) => task.AsTask().WaitAsync(Watchdog);
}
