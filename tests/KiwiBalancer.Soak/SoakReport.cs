using System.Globalization;
using System.Text;

namespace KiwiBalancer.Soak;

/// <summary>The report, one page.</summary>
internal static class SoakReport
{
    public static string Write(
        SoakArguments arguments, TimeSpan elapsed, Tally tally, SoakServer server, LimitWatch limits, SoakClients clients, Storms storms, Disturbances disturbances, int leaked, (long Start, long End) memory, BalancerSnapshot end, Findings findings)
    {
        var text = new StringBuilder();
        void Line(string name, FormattableString value) => text.Append(CultureInfo.InvariantCulture, $"| {name} | {value.ToString(CultureInfo.InvariantCulture)} |").AppendLine();

        text.AppendLine("| | |").AppendLine("| --- | --- |");
        Line("command", $"`--seconds {arguments.Seconds} --seed {arguments.Seed} --clients {arguments.Clients} --limit {arguments.Limit}`");
        Line("machine", $"{Environment.ProcessorCount} cores, .NET {Environment.Version}");
        Line("ran", $"{elapsed.TotalSeconds:N1} s");
        Line("requests", $"{tally.Total:N0}");
        Line("granted", $"{tally[End.Served] + tally[End.Failed]:N0} to their end ({tally[End.Served]:N0} answered, {tally[End.Failed]:N0} the server threw)");
        Line("cancelled", $"{tally[End.Cancelled]:N0} by the caller, {tally[End.Stopped]:N0} because their client was disposed");
        Line("rejected", $"{tally[End.QueueFull]:N0} queue full, {tally[End.QueueTimeout]:N0} queue timeout, {tally[End.Closed]:N0} closed");
        Line("refused", $"{tally[End.Refused]:N0} (no slot for one that does not wait, or a client that is gone)");
        Line("max in flight", $"{server.Most} as the server counted; the highest limit was {limits.Highest}");
        Line("samples of the limit", $"{limits.Samples:N0}");
        Line("limit changes", $"{limits.Changes:N0}");
        Line("clients come and gone", $"{clients.Replaced:N0}");
        Line("cancellation storms", $"{storms.Count:N0}");
        Line("thread pool blocked", $"{disturbances.Starvations:N0} times");
        Line("leaked", $"{leaked}");
        Line("at the end", $"{end.InFlight} in flight, {end.Waiting} waiting, {end.Clients.Count} clients");
        Line("memory", $"{memory.Start / 1024.0 / 1024:N1} MB at the start, {memory.End / 1024.0 / 1024:N1} MB at the end");
        text.AppendLine();
        text.Append(findings.IsEmpty ? "Every guarantee held." : $"BROKEN: {string.Join("; ", findings.All)}.");
        return text.ToString();
    }
}
