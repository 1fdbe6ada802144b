namespace KiwiBalancer.Tests.Support;

/// <summary>The real engine over a <see cref="HookedPolicy"/>.</summary>
internal sealed class HookedBalancer(KiwiBalancerOptions options, HookedPolicy policy) : Balancer(options, _ => policy, timeProvider: null, logger: null, meterFactory: null);
