using KiwiBalancer.Granting;

namespace KiwiBalancer.Lab.Simulation;

/// <summary>A policy that, unlike those of the balancer, keeps account of single requests. The simulation tells it of each.</summary>
internal interface IRequestPolicy : IGrantPolicy
{
    /// <summary>A request has been sent; <see cref="IGrantPolicy.Update"/> follows.</summary>
    void Arrived(SimulatedRequest request);

    /// <summary>A request has run to its end; <see cref="IGrantPolicy.Update"/> follows.</summary>
    void Ended(SimulatedRequest request, double now);
}
