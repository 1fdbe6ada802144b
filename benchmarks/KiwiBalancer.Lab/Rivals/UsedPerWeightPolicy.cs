namespace KiwiBalancer.Lab.Rivals;

/// <summary>
/// The client that holds least for its weight is next. Source: CockroachDB, pkg/util/admission/work_queue.go, where the heap of those waiting is ordered by used / weight.
/// </summary>
internal sealed class UsedPerWeightPolicy : KeyedPolicy
{
    // Between equals the heavier goes first, by far less than any slot weighs: it is how they get their order t2 t1 t2 t2 t1 t2 t2 for weights 2:5.
    private const double Nudge = 1e-9;

    protected override double KeyOf(RivalClaim claim) => ((double)claim.InFlight / claim.Weight) - (Nudge * claim.Weight);
}
