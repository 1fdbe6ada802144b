namespace KiwiBalancer.Granting;

/// <summary>When a turn of <see cref="SingleClientPolicy"/> ends.</summary>
/// <param name="IdleGrace">After so many seconds without waiters and without slots in flight.</param>
/// <param name="MaxRequests">After so many requests granted.</param>
internal sealed record TurnRules(double IdleGrace, long MaxRequests)
{
    public static TurnRules From(KiwiBalancerOptions options) =>
        new(options.IdleGrace.TotalSeconds, options.MaxRequestsPerTurn ?? long.MaxValue);
}
