namespace KiwiBalancer.Tests.Support;

/// <summary>A limit source that the test moves by hand, and that counts what the balancer tells it.</summary>
internal sealed class HandLimit : ILimitSource
{
    private int _changes;
    private int _disposals;

    public SourcedLimit Limit { get; private set; } = null!;

    public List<int> Configured { get; } = [];

    public int Changes => Volatile.Read(ref _changes);

    public int Disposals => Volatile.Read(ref _disposals);

    /// <summary>Allows so many slots for so many seconds from now.</summary>
    public void Lease(int slots, double seconds) => Limit.Set(slots, Limit.TimeProvider.GetTimestamp() + (long)(seconds * Limit.TimeProvider.TimestampFrequency));

    public ValueTask DisposeAsync()
    {
        Interlocked.Increment(ref _disposals);
        return ValueTask.CompletedTask;
    }

    public void Start(SourcedLimit limit) => Limit = limit;

    public void LimitConfigured(int wanted) => Configured.Add(wanted);

    public void DemandChanged() => Interlocked.Increment(ref _changes);
}
