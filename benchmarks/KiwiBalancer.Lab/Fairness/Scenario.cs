namespace KiwiBalancer.Lab.Fairness;

/// <summary>A load, and what is promised under it.</summary>
/// <param name="Name">What <c>--scenario</c> calls it.</param>
/// <param name="What">The load in one sentence.</param>
/// <param name="Play">Puts it on a stage and measures. A D, the unit of time, is the mean duration of a request unless the scenario says otherwise.</param>
internal sealed record Scenario(string Name, string What, Action<Stage> Play)
{
    /// <summary>What applies here, with its margin. All must hold for the policy that ships.</summary>
    public required IReadOnlyList<Bound> Promises { get; init; }

    /// <summary>Numbers to reach or beat, from the simulation the policy was designed in.</summary>
    public IReadOnlyList<Bound> Goals { get; init; } = [];

    /// <summary>What the bars of the picture compare.</summary>
    public Bound Headline => Bars ?? Promises[0];

    public Bound? Bars { get; init; }

    /// <summary>The picture shows slot-seconds instead of slots: shares below one slot are only visible in time.</summary>
    public bool ShowsUse { get; init; }

    /// <summary>How much time the picture shows, in D.</summary>
    public double Window { get; init; } = 30;

    /// <summary>The rival the picture puts beside ours.</summary>
    public string Foil { get; init; } = "FIFO";
}
