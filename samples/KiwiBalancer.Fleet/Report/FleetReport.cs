using System.Text.Json.Serialization;

namespace KiwiBalancer.Fleet.Report;

/// <summary>The result of a run, as <c>--json</c> writes it.</summary>
/// <param name="Limit">The server's slots at the end.</param>
/// <param name="Engine">What the nodes leased from.</param>
/// <param name="Seed">What decided the faults; null without chaos.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Violations">Requests the server broke at because it was full, as it counted.</param>
/// <param name="MaxInFlight">The most slots claimed at once, as the server counted.</param>
/// <param name="Utilisation">Slot-seconds held, of those there were outside fault windows, as the server counted.</param>
/// <param name="QuietSeconds">How long that was.</param>
/// <param name="Completed">Requests answered.</param>
/// <param name="Lost">Requests that were granted, and did not end though their node lived.</param>
/// <param name="Dropped">Requests that were granted and not sent, since their lease was lost before.</param>
/// <param name="Late">Requests that the server refused because they came too late.</param>
/// <param name="SumHold">What the ledger says that all nodes hold, at the end.</param>
/// <param name="Holds">The sum of what it says that each holds.</param>
/// <param name="Leased">The sum of what the nodes say.</param>
/// <param name="Nodes">The nodes.</param>
/// <param name="Faults">What happened to them.</param>
internal sealed record FleetReport(
    int Limit,
    string Engine,
    int? Seed,
    double Seconds,
    int Violations,
    int MaxInFlight,
    double? Utilisation,
    double QuietSeconds,
    long Completed,
    long Lost,
    long Dropped,
    long Late,
    long SumHold,
    long Holds,
    long Leased,
    IReadOnlyList<NodeReport> Nodes,
    IReadOnlyList<FaultReport> Faults)
{
    /// <summary>Whether a user did something to the fleet, so that how full the server was cannot be judged.</summary>
    [JsonIgnore]
    public bool WasChanged { get; init; }
}
