namespace KiwiBalancer.Granting;

/// <summary>The arrays a <see cref="WeightedPolicy"/> needs for so many claims, made outside the grant loop.</summary>
internal sealed class PolicyRoom(int claims)
{
    public HeapEntry<WeightedClaim>[][] Lines { get; } = [New(claims), New(claims), New(claims), New(claims)];

    public HeapEntry<WeightedClaim>[] Contenders { get; } = New(claims);

    public HeapEntry<WeightedClaim>[] Stuck { get; } = New(claims);

    public HeapEntry<WeightedClaim>[] Rising { get; } = New(claims);

    public HeapEntry<WeightedClaim>[] Wide { get; } = New(claims);

    private static HeapEntry<WeightedClaim>[] New(int claims) => new HeapEntry<WeightedClaim>[claims];
}
