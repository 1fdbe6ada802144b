using KiwiBalancer.Lab.Rivals;

namespace KiwiBalancer.Lab.Fairness.Report;

internal sealed record JsonPolicy(
    string Name, string Source, bool Held, string? Failure, long Events, IReadOnlyList<JsonBound> Promises, IReadOnlyList<JsonBound> Goals,
    double MaxDeviation, double MeanDeviation, double OutsideFraction, double MaxError, double Jain, double LagBehind, double LagAhead,
    double IdleSlotTime, double? WorstSettling, IReadOnlyList<ClientOutcome> Clients)
{
    public static JsonPolicy Of(Contestant contestant, Outcome outcome, ScenarioResult result) => new(
        contestant.Name, contestant.Source, !result.BrokenBy(outcome).Any(), outcome.Failure, outcome.Events,
        [.. result.Promises.Select(b => JsonBound.Of(b, outcome))], [.. result.Scenario.Goals.Select(b => JsonBound.Of(b, outcome))],
        outcome.MaxDeviation, outcome.MeanDeviation, outcome.OutsideFraction, outcome.MaxError, outcome.Jain, outcome.LagBehind, outcome.LagAhead,
        outcome.Idle, JsonBound.Finite(outcome.WorstSettling), outcome.Clients);
}
