using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Lab.Fairness;

/// <summary>What was measured in one scenario under one policy: the worst of everything, over all its measurements.</summary>
internal sealed class Outcome
{
    private readonly Dictionary<string, double> _notes = new(StringComparer.Ordinal);

    /// <summary>Why the run could not be completed.</summary>
    public string? Failure { get; set; }

    public long Events { get; set; }

    public double OutsideFraction { get; private set; }

    public double ClientOutsideFraction { get; private set; }

    public long Violations { get; private set; }

    public double MaxDeviation { get; private set; }

    public double MeanDeviation { get; private set; }

    public double MaxError { get; private set; }

    public double MaxDisproportion { get; private set; }

    public double Jain { get; private set; } = 1;

    public double LagBehind { get; private set; }

    public double LagAhead { get; private set; }

    public double Idle { get; private set; }

    public double IdleFraction { get; private set; }

    public double WorstSettling { get; private set; }

    public long OutOfOrder { get; set; }

    public long CancelledButRun { get; set; }

    /// <summary>Requests that, when all clients had left and all events had been played, were still waiting or in flight.</summary>
    public long NotEnded { get; set; }

    public List<ClientOutcome> Clients { get; } = [];

    public SlotTrace? Trace { get; set; }

    public IReadOnlyDictionary<string, double> Notes => _notes;

    /// <summary>A number of the scenario's own; infinite if it was never noted.</summary>
    public double Note(string what) => _notes.GetValueOrDefault(what, double.PositiveInfinity);

    /// <summary>Notes a number of the scenario's own; the largest is kept.</summary>
    public void AddNote(string what, double value) => _notes[what] = Math.Max(value, _notes.GetValueOrDefault(what, double.NegativeInfinity));

    public void Add(FairnessRecord record)
    {
        OutsideFraction = Math.Max(OutsideFraction, record.OutsideFraction);
        ClientOutsideFraction = Math.Max(ClientOutsideFraction, record.ClientOutsideFraction);
        Violations += record.Violations;
        MaxDeviation = Math.Max(MaxDeviation, record.MaxDeviation);
        MeanDeviation = Math.Max(MeanDeviation, record.MeanDeviation);
        MaxError = Math.Max(MaxError, record.MaxError());
        MaxDisproportion = Math.Max(MaxDisproportion, record.MaxDisproportion());
        Jain = Math.Min(Jain, record.Jain());
        LagBehind = Math.Max(LagBehind, record.LagBehind);
        LagAhead = Math.Max(LagAhead, record.LagAhead);
        Idle += record.Idle;
        IdleFraction = Math.Max(IdleFraction, record.IdleFraction);
        WorstSettling = Math.Max(WorstSettling, record.WorstSettling);
    }
}
