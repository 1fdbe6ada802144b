using KiwiBalancer.Benchmarks.Rivals;

namespace KiwiBalancer.Benchmarks.Goals;

/// <summary>One load on ours, with and without telemetry.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Requests">How many requests one run makes.</param>
/// <param name="Load">One run.</param>
/// <param name="LeftOut">Ours, compiled without telemetry, with so many slots.</param>
/// <param name="Ours">Ours as it is shipped.</param>
public sealed record TelemetryCase(string Title, int Requests, Func<IRival, Task> Load, Func<int, IRival> LeftOut, Func<int, IRival> Ours)
{
    /// <summary>Nobody listens. Ours twice: what the two differ by is chance.</summary>
    public async Task<Contest> UnheardAsync(int rounds, int limit, string leftOut, string nobody, string again)
    {
        using var without = LeftOut(limit);
        using var one = Ours(limit);
        using var other = Ours(limit);
        var contest = new Contest(Requests);
        contest.Add(leftOut, () => Load(without));
        contest.Add(nobody, () => Load(one));
        contest.Add(again, () => Load(other));
        await contest.RunAsync(rounds);
        return contest;
    }

    /// <summary>Somebody listens to every other run.</summary>
    public async Task<Contest> HeardAsync(int rounds, int limit, string nobody, string somebody)
    {
        using var unheard = Ours(limit);
        using var heard = Ours(limit);
        var contest = new Contest(Requests);
        contest.Add(nobody, () => Load(unheard));
        contest.Add(somebody, async () =>
        {
            using var listeners = new Listeners();
            await Load(heard);
        });
        await contest.RunAsync(rounds);
        return contest;
    }
}
