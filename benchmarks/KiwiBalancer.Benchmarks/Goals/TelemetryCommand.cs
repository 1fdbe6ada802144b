using System.Globalization;
using KiwiBalancer.Benchmarks.Cases;
using KiwiBalancer.Benchmarks.Rivals;

namespace KiwiBalancer.Benchmarks.Goals;

/// <summary><c>-- telemetry [ROUNDS]</c>: what telemetry costs a request while nobody listens, beside the same core compiled without it; and, for information, while somebody does.</summary>
public static class TelemetryCommand
{
    private const int Limit = 8;
    private const int UncontendedRequests = 200_000;
    private const int SaturatedRequests = 64_000;

    // As far as one and the same thing, run twice, differs from itself.
    private const double Goal = 1.05;

    private const string LeftOut = "telemetry left out";
    private const string Nobody = "nobody listens";
    private const string Again = "nobody listens, again";
    private const string Somebody = "somebody listens";

    public static async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        if (arguments.Length > 1 || !int.TryParse(arguments.FirstOrDefault("25"), CultureInfo.InvariantCulture, out var rounds) || rounds is < 1 or > 10_000)
        {
            output.WriteLine("telemetry [ROUNDS]: how often each load is run, 1 to 10000; 25 if not given.");
            return 2;
        }

        TelemetryCase[] cases =
        [
            new("uncontended: SendAsync", UncontendedRequests, Uncontended, WithoutTelemetry.Send, static limit => new KiwiSend(limit, clients: 1)),
            new("uncontended: lease", UncontendedRequests, Uncontended, WithoutTelemetry.Lease, static limit => new KiwiLease(limit, clients: 1)),
            new("saturated: SendAsync", SaturatedRequests, Saturated, WithoutTelemetry.Send, static limit => new KiwiSend(limit, clients: 1)),
            new("saturated: lease", SaturatedRequests, Saturated, WithoutTelemetry.Lease, static limit => new KiwiLease(limit, clients: 1)),
        ];

        // All of these first: once anybody has listened, the compiler takes that into account and lays out the code for it.
        var unheard = await AllAsync(cases, one => one.UnheardAsync(rounds, Limit, LeftOut, Nobody, Again));
        var heard = await AllAsync(cases, one => one.HeardAsync(rounds, Limit, Nobody, Somebody));

        var table = new GoalTable(output);
        table.Begin();
        foreach (var (title, contest) in unheard)
        {
            table.Ratio($"{title}, {Nobody} / {LeftOut}", Goal, contest.Ratio(Nobody, LeftOut), contest.CpuRatio(Nobody, LeftOut));
            table.Bytes($"{title}, {Nobody}, beyond {LeftOut}", 0, contest.BytesBeyond(Nobody, LeftOut));
        }

        foreach (var (title, contest) in unheard)
        {
            table.Everybody(title, contest, LeftOut);
        }

        foreach (var (title, contest) in heard)
        {
            table.Everybody($"for information, {title}", contest, Nobody);
        }

        return 0;
    }

    private static Task Uncontended(IRival rival) => Load.OneAsync(rival, UncontendedRequests);

    private static Task Saturated(IRival rival) => Load.CallersAsync(rival, 64, SaturatedRequests, Work.Yield);

    private static async Task<List<(string Title, Contest Contest)>> AllAsync(TelemetryCase[] cases, Func<TelemetryCase, Task<Contest>> run)
    {
        List<(string, Contest)> all = [];
        foreach (var one in cases)
        {
            all.Add((one.Title, await run(one)));
        }

        return all;
    }
}
