using KiwiBalancer.Gateways;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer;

/// <summary>Puts gateways into a pipeline.</summary>
public static class KiwiBalancerApplicationBuilderExtensions
{
    /// <summary>
    /// Lets requests that come by here take a slot before they go on, and gives it back when they have been handled. Which balancer: the one that the endpoint names (<c>RequireKiwiBalancer</c>); for all others the default balancer,
    /// if that one has <c>AddGateway</c>; else none.
    /// </summary>
    /// <remarks>It stands after routing (which <c>WebApplication</c> puts first by itself) and, where clients are told apart by claim, after authentication.</remarks>
    /// <param name="app">The pipeline.</param>
    /// <returns>The pipeline.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="app"/> is null.</exception>
    /// <exception cref="InvalidOperationException">No balancer has <c>AddGateway</c>.</exception>
    public static IApplicationBuilder UseKiwiBalancer(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var check = app.ApplicationServices.GetService<StartCheck>()
            ?? throw new InvalidOperationException("No balancer is a gateway. Add one: builder.Services.AddKiwiBalancer(o => o.Limit = 100).AddGateway().");
        check.IsUsed = true;
        return app.UseMiddleware<BalancerMiddleware>();
    }
}
