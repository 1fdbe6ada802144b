namespace KiwiBalancer.Soak;

/// <summary>One request: its cost, what the server does with it, and how often it has been there.</summary>
internal sealed class SoakRequest(int cost, Treatment treatment)
{
    private int _entered;

    public int Cost => cost;

    public Treatment Treatment => treatment;

    public int Entered => Volatile.Read(ref _entered);

    public int Enter() => Interlocked.Increment(ref _entered);
}
