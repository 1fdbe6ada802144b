using KiwiBalancer.Granting;

namespace KiwiBalancer.Tests.Granting;

/// <summary>Clients as the parts of the weighted policy see them, counted with given numbers.</summary>
internal static class Claims
{
    public static WeightedClaim Of(Role role, int inFlight, int weight = 1, long wanted = 0, int headCost = 1) => new()
    {
        Role = role,
        Weight = weight,
        InFlight = inFlight,
        Wanted = wanted,
        HeadCost = headCost,
        CountedInFlight = inFlight,
        CountedWanted = wanted,
        CountedWeight = weight,
        PerWeight = 1.0 / weight,
    };

    /// <summary>A level in which these are counted.</summary>
    public static WaterLevel Level(int limit, int inFlight, params WeightedClaim[] counted)
    {
        var level = new WaterLevel();
        level.SetFree(limit, inFlight);
        foreach (var claim in counted)
            level.Count(claim, 1);
        return level;
    }
}
