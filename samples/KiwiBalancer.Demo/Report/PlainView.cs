using System.Globalization;
using KiwiBalancer.Demo.Load;

namespace KiwiBalancer.Demo.Report;

/// <summary>Shows a run as plain lines, for logs and pipes.</summary>
internal sealed class PlainView(TextWriter output) : IRunView
{
    private readonly Lock _lines = new();
    private int _limit;

    // A long run is not to fill a log.
    public TimeSpan SampleEvery(Scenario scenario) => TimeSpan.FromSeconds(scenario.LeastDuration.TotalSeconds > 20 ? 1 : 0.5);

    public void Started(Scenario scenario, Sharing sharing)
    {
        _limit = scenario.Limit;
        Write(string.Create(CultureInfo.InvariantCulture,
            $"limit {scenario.Limit}, {sharing.Name}: {string.Join(", ", scenario.Clients.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Name} (weight {c.Weight}, {c.Requests} requests)")))}"));
        Write("each client: slots held / its share, waiting, progress");
    }

    public void Controlled(LoadControl control)
    {
        // There are no keys to press.
    }

    public void Changed(string what, TimeSpan at) => Write(string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds,5:F1} s  {what}"));

    public void Arrived(ClientPlan client, TimeSpan at) => Write(string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds,5:F1} s  {client.Name} arrives, weight {client.Weight}"));

    public void Finished(ClientPlan client, TimeSpan at) => Write(string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds,5:F1} s  {client.Name} has finished"));

    public void Show(RunSample sample)
    {
        // Clients that are not there, yet or any more, would only fill the line.
        IEnumerable<string> present = sample.Clients
            .Where(c => c.Waiting > 0 || c.InFlight > 0)
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Name} {c.InFlight,3}/{c.Share,-5:F1} {c.Waiting,5} waiting {Math.Floor(100 * c.Progress),3} %"));
        Write(string.Create(CultureInfo.InvariantCulture, $"{sample.At.TotalSeconds,5:F1} s  in flight {sample.InFlight,3} of {_limit}  {string.Join(" | ", present)}").TrimEnd());
    }

    public void Ended(RunReport report)
    {
        Write("");
        foreach (string line in ReportTable.Lines(report))
        {
            Write(line);
        }

        if (ReportTable.Judged(report) is { } judged)
        {
            Write(judged);
        }

        Write(ReportTable.Summary(report));
    }

    private void Write(string line)
    {
        lock (_lines)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}
