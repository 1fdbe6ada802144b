using System.Diagnostics;

namespace KiwiBalancer.Redis.Tests.Support;

/// <summary>Waits for a state that other processes and threads bring about, with a watchdog. It passes as soon as the state is there.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Watchdog = TimeSpan.FromMinutes(2);

    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(condition, () => what);

    /// <summary>With words for what was waited for in vain as it is then.</summary>
    public static async Task TrueAsync(Func<bool> condition, Func<string> what)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < Watchdog, $"Waited {Watchdog.TotalSeconds} s in vain for: {what()}");
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }
    }

    public static Task Within(this Task task) => task.WaitAsync(Watchdog);

    public static Task<T> Within<T>(this Task<T> task) => task.WaitAsync(Watchdog);
}
