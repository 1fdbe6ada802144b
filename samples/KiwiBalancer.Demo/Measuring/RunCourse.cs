namespace KiwiBalancer.Demo.Measuring;

/// <summary>How a run went over time: what its picture is drawn from.</summary>
/// <param name="Seconds">How long it took.</param>
/// <param name="Clients">The clients that took part.</param>
/// <param name="Limits">The limit, and from which second it was in force.</param>
/// <param name="Events">What happened when, in order.</param>
internal sealed record RunCourse(double Seconds, IReadOnlyList<ClientCourse> Clients, IReadOnlyList<(double From, int Limit)> Limits, IReadOnlyList<CourseEvent> Events)
{
    /// <summary>In how many spans of equal length it is cut.</summary>
    public const int Bins = 400;

    /// <summary>The highest limit that was in force.</summary>
    public int HighestLimit => Limits.Max(l => l.Limit);
}
