using Microsoft.AspNetCore.Builder;

namespace KiwiBalancer;

/// <summary>Says which balancer the requests of endpoints go through.</summary>
public static class KiwiBalancerEndpointExtensions
{
    /// <summary>Requests of these endpoints take slots of a balancer. Needs <c>app.UseKiwiBalancer()</c> and, for that balancer, <c>AddGateway</c>; the start fails without.</summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="builder">An endpoint, a group, or all routes of a reverse proxy.</param>
    /// <param name="balancer">The balancer's name; empty for the default one.</param>
    /// <param name="cost">How many slots a request takes, 1 to <see cref="KiwiBalancerOptions.MaxCost"/>. Null: what <see cref="BalancerGatewayOptions.Cost"/> says.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="balancer"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is less than 1.</exception>
    public static TBuilder RequireKiwiBalancer<TBuilder>(this TBuilder builder, string balancer = "", int? cost = null)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(balancer);
        ArgumentOutOfRangeException.ThrowIfLessThan(cost ?? 1, 1, nameof(cost));
        return builder.WithMetadata(new RequireKiwiBalancerAttribute(balancer) { Cost = cost ?? 0 });
    }

    /// <summary>Requests of these endpoints take no slot, whatever their group or the default balancer says.</summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="builder">An endpoint or a group.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static TBuilder DisableKiwiBalancer<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithMetadata(new DisableKiwiBalancerAttribute());
    }
}
