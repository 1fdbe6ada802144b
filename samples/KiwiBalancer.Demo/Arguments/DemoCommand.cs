using System.CommandLine;
using KiwiBalancer.Demo.Load;

namespace KiwiBalancer.Demo.Arguments;

/// <summary>The command line as it is declared and read.</summary>
/// <remarks>Values are declared as text and converted here, so that every complaint is one line that says what is allowed.</remarks>
internal sealed class DemoCommand : SampleCommand
{
    private readonly Option<string> _limit = new("--limit") { HelpName = "N", Description = "The server's slots, 1 to 10,000. Default: 100." };
    private readonly Option<string> _clients = new(ClientArgument.Option)
    {
        HelpName = "name:weight[:requests],...",
        Description = "The clients in the order they arrive. Default: alpha:1,beta:1,gamma:2, with workloads that keep all of them waiting and let the heaviest finish first.",
    };

    private readonly Option<string> _seconds = new("--seconds") { HelpName = "S", Description = "About how long the run takes. Default: 15." };
    private readonly Option<string> _duration = new(DurationRange.Option) { HelpName = "MIN-MAX", Description = "How long requests run, in milliseconds. Default: 100-300." };
    private readonly Option<string> _strategy = new("--strategy") { HelpName = string.Join('|', Sharing.Strategies.Select(s => s.Name)), Description = "How the slots are shared. Default: weighted." };
    private readonly Option<string> _baseline = new("--baseline") { HelpName = "semaphore|both", Description = "The same load over a bare SemaphoreSlim, to see the difference: instead of the balancer, or after it." };
    private readonly Option<string[]> _trace = new(TraceArgument.Option)
    {
        HelpName = "FILE:client:weight",
        Description = "Replay a CSV of TIMESTAMP,ContextTokens,GeneratedTokens by its own clock; may be repeated. A request takes 0.2 ms x ContextTokens + 30 ms x GeneratedTokens.",
    };

    private readonly Option<string> _speed = new("--speed") { HelpName = "X", Description = "Divides the traces' clock and the time of their requests. Default: 1." };
    private readonly Option<string> _leastUtilisation = new("--least-utilisation")
    {
        HelpName = "PERCENT",
        Description = "The utilisation below which the run has failed; 0 to not check it, as for requests of a few milliseconds. Default: 99, with traces 97.",
    };

    private readonly Option<string> _json = new("--json") { HelpName = "FILE", Description = "Write the result to a file." };

    private readonly Option<string> _chart = new("--chart") { HelpName = "FILE.png", Description = "Draw the slots of each client over time. On a terminal it is drawn anyway, in the temporary folder." };
    private readonly Option<bool> _plain = new("--plain") { Description = "Plain lines, also on a terminal." };

    public DemoCommand()
        : base("Several clients share the slots of one fragile HTTP server by weight, and the server counts whether they keep to its limit.") =>
        Add(_limit, _clients, _seconds, _duration, _strategy, _baseline, _trace, _speed, _leastUtilisation, _json, _chart, _plain);

    /// <exception cref="WrongArgumentException">Something in <paramref name="args"/> is not allowed.</exception>
    public DemoArguments Parse(string[] args)
    {
        ParseResult result = ReadKnown(args);
        TraceArgument[] traces = [.. (result.GetValue(_trace) ?? []).Select(TraceArgument.Parse)];
        ArgumentText.RequireDistinct(TraceArgument.Option, traces.Select(t => t.Client));
        RefuseTogether(result, traces.Length > 0);
        RequireOneOf(result, _strategy, [.. Sharing.Strategies.Select(s => s.Name)]);
        RequireOneOf(result, _baseline, "semaphore", "both");

        var defaults = new DemoArguments();
        return new DemoArguments
        {
            Limit = result.GetValue(_limit) is { } limit ? ArgumentText.Integer(_limit.Name, limit, 1, 10_000) : defaults.Limit,
            Clients = result.GetValue(_clients) is { } clients ? ClientArgument.ParseList(clients) : defaults.Clients,
            Seconds = result.GetValue(_seconds) is { } seconds ? ArgumentText.Positive(_seconds.Name, seconds, 3600) : null,
            Duration = result.GetValue(_duration) is { } duration ? DurationRange.Parse(duration) : defaults.Duration,
            Traces = traces,
            Speed = result.GetValue(_speed) is { } speed ? ArgumentText.Positive(_speed.Name, speed, 1_000_000) : defaults.Speed,
            Strategy = Sharing.Strategies.FirstOrDefault(s => s.Name == result.GetValue(_strategy), defaults.Strategy),
            Baseline = result.GetValue(_baseline) switch { null => Baseline.None, "both" => Baseline.Both, _ => Baseline.Semaphore },
            LeastUtilisation = result.GetValue(_leastUtilisation) is { } least ? ArgumentText.Percent(_leastUtilisation.Name, least) / 100 : traces.Length > 0 ? 0.97 : 0.99,
            JsonPath = result.GetValue(_json) is { } json ? WritableFile(_json, json) : null,
            ChartPath = result.GetValue(_chart) is { } chart ? PngFile(_chart, chart) : null,
            Plain = result.GetValue(_plain),
        };
    }

    private void RefuseTogether(ParseResult result, bool traces)
    {
        Option[] misplaced = traces ? [_clients, _seconds, _duration] : [_speed];
        foreach (Option option in misplaced)
        {
            if (result.GetResult(option) is { Implicit: false })
            {
                throw new WrongArgumentException(traces
                    ? $"{option.Name} is given together with {TraceArgument.Option}, but a trace brings its own clients, clock and durations; leave {option.Name} out"
                    : $"{option.Name} is given without {TraceArgument.Option}, but only a trace has a clock to divide; give a trace or leave {option.Name} out");
            }
        }
    }
}
