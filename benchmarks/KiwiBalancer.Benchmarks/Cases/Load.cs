using KiwiBalancer.Benchmarks.Rivals;

namespace KiwiBalancer.Benchmarks.Cases;

/// <summary>Loads that more than one case puts on a rival.</summary>
public static class Load
{
    /// <summary>Callers at once that make so many requests in all.</summary>
    public static Task CallersAsync(IRival rival, int callers, int requests, Work? work, CancellationToken cancellationToken = default)
    {
        var calls = new Task[callers];
        for (var i = 0; i < callers; i++)
        {
            var caller = i;
            calls[i] = Task.Run(() => rival.CallAsync(caller, requests / callers, work, cancellationToken), CancellationToken.None);
        }

        return Task.WhenAll(calls);
    }

    /// <summary>One caller. In short calls: a loop that is entered only a few times is never compiled for good.</summary>
    public static async Task OneAsync(IRival rival, int requests)
    {
        const int Call = 1_000;
        for (var i = 0; i < requests; i += Call)
        {
            await rival.CallAsync(0, Call, work: null, CancellationToken.None);
        }
    }

    /// <summary>One request that holds the only slot until the gate opens, and so many that wait behind it.</summary>
    /// <returns>Ends when all of them have ended.</returns>
    public static Task FillAsync(IRival rival, int waiting, Gate gate)
    {
        var calls = new Task[1 + waiting];
        for (var i = 0; i < calls.Length; i++)
        {
            calls[i] = rival.CallAsync(0, 1, gate, CancellationToken.None);
        }

        return Task.WhenAll(calls);
    }

    /// <summary>So many requests that join the queue and leave it, one after another.</summary>
    public static void Leave(ILeavable rival, int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            rival.EnterAndLeave();
        }
    }
}
