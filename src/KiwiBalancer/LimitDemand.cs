namespace KiwiBalancer;

/// <summary>What the clients of a balancer want, for its <see cref="ILimitSource"/>. Each number is exact when nothing moves.</summary>
public sealed record LimitDemand
{
    internal LimitDemand(int inFlight, long wanted, long weight, long satisfied, long satisfiedWeight)
    {
        InFlight = inFlight;
        Wanted = wanted;
        Weight = weight;
        Satisfied = satisfied;
        SatisfiedWeight = satisfiedWeight;
    }

    /// <summary>Slots held.</summary>
    public int InFlight { get; }

    /// <summary>Slots held and waited for, within the clients' own caps; and what <see cref="IClientHandle.TryAcquire(out SlotLease)"/> was refused since the last reading.</summary>
    public long Wanted { get; }

    /// <summary>The weight sum of the clients that want slots, or of all if none does; 1 or more.</summary>
    public long Weight { get; }

    /// <summary>What those clients want that have enough at the level asked for: who want no more than level times weight.</summary>
    public long Satisfied { get; }

    /// <summary>The weight sum of those.</summary>
    public long SatisfiedWeight { get; }
}
