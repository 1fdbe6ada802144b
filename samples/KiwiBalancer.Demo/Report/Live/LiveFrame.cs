using KiwiBalancer.Demo.Measuring;

namespace KiwiBalancer.Demo.Report.Live;

/// <summary>What the live view shows at one moment. It does not change any more.</summary>
internal sealed record LiveFrame
{
    public required string Strategy { get; init; }

    public required RunSample Sample { get; init; }

    /// <summary>How long the run is going to take at least, in seconds.</summary>
    public required double ExpectedSeconds { get; init; }

    /// <summary>Slots of each client so far.</summary>
    public IReadOnlyList<HistoryPoint> History { get; init; } = [];

    /// <summary>What happened so far, in order.</summary>
    public IReadOnlyList<CourseEvent> Events { get; init; } = [];

    /// <summary>Slots held, of those there were while demand was at least the limit, as a fraction; null if it never was.</summary>
    public double? Utilisation { get; init; }

    /// <summary>The client the keys change.</summary>
    public int Selected { get; init; }

    public bool IsPaused { get; init; }

    /// <summary>What the user wants the limit to be; the server's own follows.</summary>
    public int WantedLimit { get; init; }

    /// <summary>Whether the keys change anything.</summary>
    public bool MayChange { get; init; }

    /// <summary>The clients that have arrived, by their place in the sample.</summary>
    public IReadOnlyList<int> Arrived => [.. Enumerable.Range(0, Sample.Clients.Count).Where(i => Sample.Clients[i].HasArrived)];

    /// <summary>The client selected after moving by so many.</summary>
    public int Select(int steps)
    {
        IReadOnlyList<int> arrived = Arrived;
        int place = Math.Max(0, arrived.TakeWhile(i => i != Selected).Count());
        return arrived.Count == 0 ? Selected : arrived[Math.Clamp((place >= arrived.Count ? 0 : place) + steps, 0, arrived.Count - 1)];
    }
}
