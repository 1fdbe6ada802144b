using KiwiBalancer.Clients;

namespace KiwiBalancer.Diagnostics;

/// <summary>Measures nothing. A constant and no object, so that the compiler leaves out every branch that asks.</summary>
internal readonly struct Telemetry
{
    public Telemetry(BalancerMeter meter, string balancer)
    {
        _ = meter;
        _ = balancer;
    }

    public bool IsObserved => false;

    public void Waited(ClientHandle client, int cost, TimeSpan wait, string? result)
    {
    }

    public void Ended(ClientHandle client, string result, Exception? failure, TimeSpan? duration)
    {
    }

    public void InvalidReload()
    {
    }
}
