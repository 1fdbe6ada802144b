using System.Diagnostics.Metrics;
using KiwiBalancer.Clients;

namespace KiwiBalancer.Diagnostics;

/// <summary>Has no instruments.</summary>
internal sealed class BalancerMeter
{
    private static readonly BalancerMeter None = new();

    public static BalancerMeter Of(IMeterFactory? factory) => None;

    public void Add(ClientRegistry balancer)
    {
    }

    public void Remove(ClientRegistry balancer)
    {
    }
}
