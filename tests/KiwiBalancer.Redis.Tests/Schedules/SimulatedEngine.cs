using KiwiBalancer.Redis.Ledger;

namespace KiwiBalancer.Redis.Tests.Schedules;

/// <summary>The engine: a clock, a run, and a ledger it may lose.</summary>
internal sealed class SimulatedEngine(Schedule schedule)
{
    private readonly List<(double At, FleetLedger? Ledger)> _snapshots = [];
    private int _run;
    private double _started = -1e9;
    private double _flushed = -1e9;

    public FleetLedger? Ledger { get; set; }

    /// <summary>What reaches it before is lost.</summary>
    public double DownUntil { get; private set; }

    /// <summary>What reaches it before waits.</summary>
    public double FrozenUntil { get; set; }

    public string Run => $"run{_run}";

    private double Rate => 1 + (schedule.Drift * ((2 * Chance.Of(schedule.Seed, 11, (ulong)_run)) - 1));

    // Another machine's clock may differ.
    private double Offset => 1e7 + (Chance.Of(schedule.Seed, 12, (ulong)_run) * 10_000);

    public long Time(double now) => (long)(Offset + (now * Rate));

    public EngineMoment Moment(double now) => new(Time(now), Run, _flushed > _started ? Time(now) : Time(_started));

    /// <summary>When its clock shows <paramref name="time"/>.</summary>
    public double When(long time) => (time - Offset) / Rate;

    /// <summary>Whether, in truth, it does not know all that nodes may hold.</summary>
    public bool IsUnsure(double now) => Ledger is null || Ledger.Run != Run || Time(now) < Ledger.QuarantineEnd;

    public void Save(double now) => _snapshots.Add((now, Ledger));

    public void Flush(double now)
    {
        Ledger = null;
        _flushed = now;
    }

    public void Crash(double now, double length, int? age)
    {
        DownUntil = now + length;
        _run++;
        _started = DownUntil;
        Ledger = age is { } old ? _snapshots.LastOrDefault(snapshot => snapshot.At <= now - old).Ledger : null;
    }
}
