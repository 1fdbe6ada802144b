using System.Text.Json.Serialization;

namespace KiwiBalancer.Demo.Report;

/// <summary>The result of a run, as <c>--json</c> writes it.</summary>
/// <param name="Limit">The server's slots.</param>
/// <param name="Strategy">What shared them.</param>
/// <param name="Seconds">From the first request sent to the last one ended.</param>
/// <param name="Completed">Requests answered.</param>
/// <param name="Failed">Requests that ended in an exception.</param>
/// <param name="Lost">Requests that did not end exactly once.</param>
/// <param name="Violations">Requests the server refused because it was full, as it counted.</param>
/// <param name="MaxInFlight">The most slots claimed at once, as the server counted.</param>
/// <param name="Utilisation">Slot-seconds held, of those there were while demand was at least the limit, as the server counted; 1 if it never was.</param>
/// <param name="Clients">What each client got.</param>
internal sealed record RunReport(
    int Limit,
    string Strategy,
    double Seconds,
    int Completed,
    int Failed,
    int Lost,
    int Violations,
    int MaxInFlight,
    double Utilisation,
    IReadOnlyList<ClientReport> Clients)
{
    /// <summary>The same load over the semaphore; null unless both were asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunReport? Baseline { get; init; }

    /// <summary>What the run is held against beyond the limit and that nothing is lost.</summary>
    [JsonIgnore]
    public Promise Promises { get; init; }

    /// <summary>Whether a user changed the load, so that what was planned for it cannot be judged.</summary>
    [JsonIgnore]
    public bool WasChanged { get; init; }

    /// <summary>Requests that were rejected because a user removed their client.</summary>
    [JsonIgnore]
    public int Withdrawn { get; init; }

    /// <summary>How long demand was at least the limit.</summary>
    [JsonIgnore]
    public double ContendedSeconds { get; init; }

    /// <summary>Requests the server held to their end.</summary>
    [JsonIgnore]
    public int Served { get; init; }

    /// <summary>How often a client was given slots while another held some; counted where one client at a time is promised.</summary>
    [JsonIgnore]
    public int Overlaps { get; init; }

    /// <summary>Requests that joined a batch after it had started; counted where batches are promised.</summary>
    [JsonIgnore]
    public int Latecomers { get; init; }
}
