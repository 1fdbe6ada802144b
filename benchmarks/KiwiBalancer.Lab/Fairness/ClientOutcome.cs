using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Lab.Fairness;

/// <summary>What one client had in the first measurement of a scenario, beside its ideal. Times are in D.</summary>
internal sealed record ClientOutcome(
    string Name, int Weight, double MeanInFlight, double IdealInFlight, double SlotTime, double EntitledSlotTime,
    double MaxDeviation, double LagBehind, double LagAhead, double OutsideTime, int Granted, WaitOutcome Waits)
{
    public static ClientOutcome Of(string name, SimulatedClient client, FairnessRecord record)
    {
        var own = record.Of(client);
        return new ClientOutcome(name, client.Weight, own.Used / record.Time, own.Entitled / record.Time, own.Used, own.Entitled,
            own.MaxDeviation, own.LagBehind, own.LagAhead, own.OutsideTime, own.Waits.Count, WaitOutcome.Of(own.Waits));
    }
}
