namespace KiwiBalancer.Granting;

/// <summary>
/// A client as a policy sees it. The fields here are written by the owner of the grant loop only, before it calls <see cref="IGrantPolicy.Update"/>;
/// what a policy remembers about the client stands in its subclass.
/// </summary>
internal abstract class Claim
{
    /// <summary>The client's weight, 1 to 1,000,000.</summary>
    public int Weight = 1;

    /// <summary>Slots the client holds.</summary>
    public int InFlight;

    /// <summary>
    /// Slots its eligible waiters ask for that could be granted within its own cap: Σ cost of the waiting, clipped to cap - in-flight;
    /// 0 when its head does not fit its cap now. Demand is <see cref="InFlight"/> + this.
    /// </summary>
    public long Wanted;

    /// <summary>The cost of the first eligible waiter; 0 when there is none to grant (then <see cref="Wanted"/> is 0 too).</summary>
    public int HeadCost;

    /// <summary>The largest cost the client holds or waits with; at least 1.</summary>
    public int MaxCost = 1;

    /// <summary>The position of the head in the order of arrivals at the balancer, for policies that go by age.</summary>
    public long HeadSequence;

    /// <summary>The position of the last waiter; 0 with <see cref="HeadCost"/>.</summary>
    public long TailSequence;

    /// <summary>Σ cost of the waiting, whatever the client's own cap; 0 with <see cref="HeadCost"/>.</summary>
    public long Waiting;

    /// <summary>The client takes no more requests.</summary>
    public bool IsClosed;

    /// <summary>What the owner keeps about the client.</summary>
    public object? Owner;
}
