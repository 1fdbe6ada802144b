using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Tests.Granting.Search;

/// <summary>A client of a random case. It always has more waiting than it could get.</summary>
/// <param name="Weight">Its weight at first.</param>
/// <param name="Cost">The cost of each of its requests.</param>
/// <param name="Distribution">One of <see cref="Durations.Names"/>.</param>
/// <param name="Scale">The mean duration of its requests.</param>
internal sealed record ClientCase(int Weight, int Cost, string Distribution, int Scale)
{
    private const double LongestExponential = 8;
    private const double LongestHeavyTail = 30;
    private const double LongestMixed = 100 / 10.9;

    /// <summary>
    /// The longest duration of a request. Tails are cut there: beyond it a single request would decide who has had how much, and no interval would be
    /// long enough to judge by.
    /// </summary>
    public double Longest => Scale * Distribution switch
    {
        "constant" => 1,
        "uniform" => 1.5,
        "exponential" => LongestExponential,
        "mixed" => LongestMixed,
        _ => LongestHeavyTail,
    };

    /// <summary>Whether its durations are those for which newcomers are promised a time.</summary>
    public bool IsCalm => Scale == 1 && Distribution is "constant" or "uniform";

    /// <summary>What a request takes, on average and at most.</summary>
    public double MeanSlotSeconds => Scale * Cost;

    public double LongestSlotSeconds => Longest * Cost;

    public Func<Random, double> Duration()
    {
        var distribution = Durations.Named(Distribution);
        return random => Math.Min(Scale * distribution(random), Longest);
    }

    public override string ToString() => $"w{Weight}{(Cost > 1 ? $" c{Cost}" : "")} {Distribution}{(Scale > 1 ? $"*{Scale}" : "")}";
}
