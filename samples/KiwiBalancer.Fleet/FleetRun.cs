using System.Diagnostics;
using System.Globalization;
using KiwiBalancer.Demo;
using KiwiBalancer.Demo.Measuring;
using KiwiBalancer.Demo.Report;
using KiwiBalancer.Fleet.Arguments;
using KiwiBalancer.Fleet.Engines;
using KiwiBalancer.Fleet.Faults;
using KiwiBalancer.Fleet.Measuring;
using KiwiBalancer.Fleet.Report;
using KiwiBalancer.Fragile;

namespace KiwiBalancer.Fleet;

/// <summary>One run: start everything, load it, let things go wrong, stop, measure.</summary>
internal sealed class FleetRun(FleetArguments arguments, IFleetView view)
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(90);
    private readonly List<FaultRecord> _faults = [];
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <exception cref="RunFailedException">It could not be carried out.</exception>
    public async Task<(FleetReport Report, RunResult Picture)> RunAsync(CancellationToken cancellationToken)
    {
        await using IEngine engine = await StartEngineAsync();
        var settings = new FleetSettings { Limit = arguments.Limit, Nodes = arguments.Nodes, Length = TimeSpan.FromSeconds(arguments.Chaos ?? arguments.Seconds) };
        view.Started(string.Create(CultureInfo.InvariantCulture,
            $"limit {settings.Limit}, engine {engine.Name}{(arguments.Chaos is null ? "" : $", chaos for {arguments.Chaos} s with seed {arguments.Seed}")}: {string.Join(", ", settings.Nodes.Select(n => $"{n.Name} (weight {n.Weight})"))}"));
        await using RunningFleet fleet = await RunningFleet.StartAsync(settings, engine, cancellationToken);
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task watching = new FleetSampler(fleet, view, _start).WatchAsync(stopped.Token);
        await FillAsync(fleet, cancellationToken);
        await LoadAsync(fleet, settings.Length, stopped.Token);

        long end = Stopwatch.GetTimestamp();
        LedgerReading? ledger = await RestAsync(fleet, cancellationToken);
        long leased = fleet.Members.Sum(m => (long)m.State.Slots);
        await stopped.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(fleet.Members.Where(m => m.IsUp).Select(m => m.LeaveAsync(cancellationToken)));
        return await MeasureAsync(fleet, end, ledger, leased, cancellationToken);
    }

    private async Task<IEngine> StartEngineAsync()
    {
        if (arguments.Redis is { } address)
        {
            var given = new GivenEngine(address);
            await given.RequireAsync();
            return given;
        }

        return (arguments.WantsRedisServer ?? arguments.Chaos is not null) && RedisServer.Program is not null ? await RedisServer.StartAsync() : await GarnetEngine.StartAsync();
    }

    // The engine is new, and waits until leases it may have forgotten have ended.
    private async Task FillAsync(RunningFleet fleet, CancellationToken cancellationToken)
    {
        try
        {
            await RunningFleet.UntilAsync(async () => (await fleet.Server.ReadStateAsync(cancellationToken)).InFlight >= 0.9 * fleet.Limit, cancellationToken).WaitAsync(Watchdog, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new RunFailedException($"the nodes did not get their slots within {Watchdog.TotalSeconds} s", e);
        }

        long now = Stopwatch.GetTimestamp();
        _faults.Add(new FaultRecord(FaultKind.Start, "start", _start, now, now + (Stopwatch.Frequency * 2 * fleet.Times.Interval / 1_000)));
    }

    private async Task LoadAsync(RunningFleet fleet, TimeSpan length, CancellationToken cancellationToken)
    {
        void Happened(string what) => view.Happened(what, Stopwatch.GetElapsedTime(_start));
        if (arguments.Chaos is null)
        {
            var control = new FleetControl(fleet, Happened, cancellationToken);
            view.Controlled(control);
            await Task.WhenAny(control.Quitting, Task.Delay(length, TimeProvider.System, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            _faults.AddRange(control.Faults);
            return;
        }

        var chaos = new Chaos(fleet, arguments.Seed, length, Happened);
        await chaos.RunAsync(cancellationToken);
        _faults.AddRange(chaos.Faults);
    }

    /// <summary>Ends the load and waits until everybody says the same of who holds what.</summary>
    private static async Task<LedgerReading?> RestAsync(RunningFleet fleet, CancellationToken cancellationToken)
    {
        foreach (Nodes.Member member in fleet.Members)
        {
            member.SetLoad(0);
        }

        LedgerReading? ledger = null;
        try
        {
            await RunningFleet.UntilAsync(
                async () =>
                {
                    ledger = await fleet.ReadLedgerAsync();
                    return ledger is not null && ledger.SumHold == ledger.Holds && ledger.Holds == fleet.Members.Sum(m => (long)m.State.Slots)
                        && (await fleet.Server.ReadStateAsync(cancellationToken)).InFlight == 0;
                },
                cancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The report says what they say.
        }

        return ledger;
    }

    private async Task<(FleetReport Report, RunResult Picture)> MeasureAsync(RunningFleet fleet, long end, LedgerReading? ledger, long leased, CancellationToken cancellationToken)
    {
        ServerState server = await fleet.Server.ReadStateAsync(cancellationToken);
        HoldRecord[] holds = await fleet.Server.ReadLogAsync(cancellationToken);
        var measurement = new FleetMeasurement(holds, fleet.Limits, _faults, _start, end);
        double seconds = Stopwatch.GetElapsedTime(_start, end).TotalSeconds;
        var report = new FleetReport(
            fleet.Limits.Max(l => l.Limit),
            fleet.Engine.Name,
            arguments.Chaos is null ? null : arguments.Seed,
            seconds,
            server.Violations,
            server.MaxInFlight,
            measurement.Utilisation(),
            measurement.QuietSeconds,
            fleet.Members.Sum(m => m.State.Answered),
            fleet.Members.Sum(m => m.Lost),
            fleet.Members.Sum(m => m.State.Dropped),
            server.Late,
            ledger?.SumHold ?? 0,
            ledger?.Holds ?? 0,
            leased,
            [.. fleet.Members.Select(m => new NodeReport(m.Name, m.Weight, m.State.Answered, measurement.SlotSecondsOf(m.Client), m.State.Reports / seconds))],
            [.. _faults.Select(f => new FaultReport(
                Stopwatch.GetElapsedTime(_start, f.Begun).TotalSeconds, f.Kind.ToString(), f.Text, Stopwatch.GetElapsedTime(f.Begun, f.Settled).TotalSeconds, measurement.RefilledAfter(f)))])
        {
            WasChanged = arguments.Chaos is null && _faults.Count > 1,
        };
        var picture = new RunReport(report.Limit, "fleet", seconds, (int)report.Completed, 0, (int)report.Lost, report.Violations, report.MaxInFlight, report.Utilisation ?? 0, []);
        return (report, new RunResult(picture, measurement.Course([.. fleet.Members.Select(m => (m.Name, m.Weight))])));
    }
}
