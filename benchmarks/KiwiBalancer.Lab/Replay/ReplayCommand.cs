using System.CommandLine;
using System.Globalization;
using KiwiBalancer.Demo.Arguments;
using KiwiBalancer.Lab.Arguments;
using KiwiBalancer.Lab.Rivals;

namespace KiwiBalancer.Lab.Replay;

/// <summary>Replays traces of real services through every policy on a virtual clock.</summary>
internal sealed class ReplayCommand : ILabCommand
{
    private const double NoIdling = 1e-6;

    private static readonly int[] Limits = [16, 24, 32, 40];

    private readonly Option<string[]> _traces = new(TraceArgument.Option)
    {
        HelpName = "FILE:service:weight",
        Description = "A service: a CSV file TIMESTAMP,ContextTokens,GeneratedTokens, its name and its weight; repeat it for each. Default: the files in ../shared/traces, each with weight 1.",
    };

    public string Name => "replay";

    public string Description => "Replays traces of real services through every policy on a virtual clock.";

    public IReadOnlyList<string> Scenarios { get; } = [.. Limits.Select(NameOf)];

    public IReadOnlyList<Option> Options => [_traces];

    public async Task<bool> RunAsync(LabArguments arguments, TextWriter output, TextWriter error)
    {
        var services = ServiceTraces.Read(arguments.Value(_traces) ?? []);
        await ReplayTables.WriteServicesAsync(services, output);
        ReplayResult[] results = [.. Limits.Where(l => arguments.Scenarios.Contains(NameOf(l), StringComparer.Ordinal)).AsParallel().AsOrdered().Select(l => ReplayRun.Play(services, l))];
        foreach (var result in results)
            await ReplayTables.WriteAsync(result, output);
        var small = Enumerable.Range(0, services.Count).MinBy(i => services[i].SlotSeconds / services[i].Weight);
        await ReplayTables.WriteGainAsync(results, small, output);

        var broken = results.SelectMany(r => Broken(r, small)).ToList();
        foreach (var line in broken)
            await error.WriteLineAsync(line);
        if (arguments.JsonPath is { } json)
            await new ReplayReport(broken.Count == 0, results).WriteAsync(json);
        if (arguments.ChartFolder is { } folder)
            GainPicture.Save(Path.Combine(folder, "replay.png"), results, small);
        await output.WriteLineAsync(broken.Count == 0
            ? "every request ran, no slot stood idle while one waited, and the small service never waited longer than under FIFO"
            : $"{broken.Count} guarantees broken");
        return broken.Count == 0;
    }

    private static string NameOf(int limit) => string.Create(CultureInfo.InvariantCulture, $"limit-{limit}");

    private static IEnumerable<string> Broken(ReplayResult result, int small)
    {
        if (result.Ours.Lost > 0)
            yield return $"{NameOf(result.Limit)}: {result.Ours.Lost} requests never ran";
        if (result.Ours.IdleSlotSeconds > NoIdling)
            yield return $"{NameOf(result.Limit)}: {result.Ours.IdleSlotSeconds} slot-seconds stood idle while somebody waited";
        if (result.Ours.Services[small].WaitSeconds.P99 > result.Of(Contestant.Fifo.Name).Services[small].WaitSeconds.P99)
            yield return $"{NameOf(result.Limit)}: the small service waits longer than under FIFO";
    }
}
