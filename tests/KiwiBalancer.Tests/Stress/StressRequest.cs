namespace KiwiBalancer.Tests.Stress;

/// <summary>One request of a stress test: its cost, how the server is to treat it, and whether it has been there.</summary>
internal sealed class StressRequest(int cost, int yields, bool throws)
{
    private int _entered;

    public int Cost => cost;

    /// <summary>How often the server lets others go first before it answers; 0: it answers at once.</summary>
    public int Yields => yields;

    public bool Throws => throws;

    public bool HasEntered => Volatile.Read(ref _entered) != 0;

    public void Enter() => Assert.Equal(1, Interlocked.Increment(ref _entered));
}
