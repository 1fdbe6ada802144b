using System.Globalization;
using KiwiBalancer.Lab.Fairness.Report;
using KiwiBalancer.Lab.Rivals;

namespace KiwiBalancer.Lab.Replay;

/// <summary>The results as text.</summary>
internal static class ReplayTables
{
    public static async Task WriteServicesAsync(IReadOnlyList<Service> services, TextWriter output)
    {
        foreach (var service in services)
            await output.WriteLineAsync(Text($"{service.Name}: weight {service.Weight}, {service.Rows.Count:N0} requests, {service.SlotSeconds:N0} slot-seconds"));
        await output.WriteLineAsync();
    }

    public static async Task WriteAsync(ReplayResult result, TextWriter output)
    {
        await output.WriteLineAsync(Text($"limit {result.Limit}: waits in seconds; how far a service fell behind its fluid share, in slot-seconds"));
        var table = new TextTable(["", .. result.Ours.Services.SelectMany(s => new[] { $"{s.Service} p50", "p99", "max", "slot-seconds", "behind" })]);
        foreach (var policy in result.Policies)
            table.Add([policy.Policy, .. policy.Services.SelectMany(Cells)]);
        await table.WriteAsync(output);
        await output.WriteLineAsync();
    }

    /// <summary>What a user gains by us instead of a semaphore.</summary>
    public static async Task WriteGainAsync(IReadOnlyList<ReplayResult> results, int small, TextWriter output)
    {
        await output.WriteLineAsync($"p99 wait of {results[0].Ours.Services[small].Service}, the small service, in seconds");
        var table = new TextTable("limit", "FIFO", "KiwiBalancer", "");
        foreach (var result in results)
        {
            var (fifo, ours) = (result.Of(Contestant.Fifo.Name).Services[small].WaitSeconds.P99, result.Ours.Services[small].WaitSeconds.P99);
            table.Add(Text($"{result.Limit}"), Text($"{fifo:N2}"), Text($"{ours:N2}"), ours > 0 ? Text($"{fifo / ours:N0} times shorter") : "no wait");
        }

        await table.WriteAsync(output);
        await output.WriteLineAsync();
    }

    private static string[] Cells(ServiceOutcome service) =>
    [
        Text($"{service.WaitSeconds.P50:N2}"), Text($"{service.WaitSeconds.P99:N2}"), Text($"{service.WaitSeconds.Max:N2}"), Text($"{service.SlotSeconds:N0}"), Text($"{service.LagBehind:N0}"),
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
