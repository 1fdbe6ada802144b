using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Lab.Fairness;

/// <summary>What a few clients held over time, beside the ideal, for the picture.</summary>
internal sealed class SlotTrace(IReadOnlyList<(SimulatedClient Client, string Name)> shown, bool isComplete, double start, double window)
{
    /// <summary>All clients are shown.</summary>
    public bool IsComplete { get; } = isComplete;

    public IReadOnlyList<string> Names { get; } = [.. shown.Select(s => s.Name)];

    public double Start { get; } = start;

    public double Window { get; } = window;

    /// <summary>The points of each client: what is true from their time on.</summary>
    public IReadOnlyList<List<TracePoint>> Courses { get; } = [.. shown.Select(_ => new List<TracePoint>())];

    public void Observe(FairnessRecord record)
    {
        var time = record.Now - Start;
        if (time > Window)
            return;
        for (var i = 0; i < shown.Count; i++)
        {
            var own = record.Of(shown[i].Client);
            var course = Courses[i];
            if (course.Count > 0 && course[^1].InFlight == own.InFlight && Math.Abs(course[^1].Ideal - own.Ideal) < 1e-9)
                continue;
            course.Add(new TracePoint(time, own.InFlight, own.Ideal, own.Used, own.Entitled));
        }
    }
}
