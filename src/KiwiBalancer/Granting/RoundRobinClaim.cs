namespace KiwiBalancer.Granting;

/// <summary>A client in the ring of <see cref="RoundRobinPolicy"/>; outside it, both neighbours are null.</summary>
internal sealed class RoundRobinClaim : Claim
{
    public RoundRobinClaim? Before;
    public RoundRobinClaim? After;
}
