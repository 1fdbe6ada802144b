namespace KiwiBalancer.Redis.Tests.Schedules;

/// <summary>What is protected: it counts its own concurrency, whoever has sent the requests and whether he still lives.</summary>
internal sealed class SimulatedServer
{
    public int Running { get; private set; }

    public int Most { get; private set; }

    public double BusyTime { get; private set; }

    private double _last;

    public void Start(double now)
    {
        Charge(now);
        Running++;
        Most = Math.Max(Most, Running);
    }

    public void End(double now)
    {
        Charge(now);
        Running--;
    }

    private void Charge(double now)
    {
        BusyTime += Running * (now - _last);
        _last = now;
    }
}
