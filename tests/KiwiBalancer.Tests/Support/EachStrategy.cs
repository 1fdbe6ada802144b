namespace KiwiBalancer.Tests.Support;

/// <summary>For what must hold whatever the strategy.</summary>
public sealed class EachStrategy : TheoryData<BalancerStrategy>
{
    public EachStrategy() => AddRange(Enum.GetValues<BalancerStrategy>());
}
