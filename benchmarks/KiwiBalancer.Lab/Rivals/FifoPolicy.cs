namespace KiwiBalancer.Lab.Rivals;

/// <summary>First come, first served, whoever it is: what <see cref="SemaphoreSlim"/> and System.Threading.RateLimiting.ConcurrencyLimiter (OldestFirst) do.</summary>
internal sealed class FifoPolicy : KeyedPolicy
{
    protected override double KeyOf(RivalClaim claim) => claim.HeadSequence;
}
