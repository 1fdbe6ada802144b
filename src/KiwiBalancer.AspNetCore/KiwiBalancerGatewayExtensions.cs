using KiwiBalancer.Gateways;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KiwiBalancer;

/// <summary>Makes a balancer the gateway of an HTTP application.</summary>
public static class KiwiBalancerGatewayExtensions
{
    /// <summary>Lets HTTP requests through this balancer, as clients told apart as the options say. <c>app.UseKiwiBalancer()</c> puts it into the pipeline.</summary>
    /// <param name="builder">The balancer's builder.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IKiwiBalancerBuilder AddGateway(this IKiwiBalancerBuilder builder) => builder.AddGateway(static _ => { });

    /// <summary>The same with options. See <see cref="AddGateway(IKiwiBalancerBuilder)"/>.</summary>
    /// <param name="builder">The balancer's builder.</param>
    /// <param name="configure">Sets the options. Called again for the same balancer, the actions run one after another.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IKiwiBalancerBuilder AddGateway(this IKiwiBalancerBuilder builder, Action<BalancerGatewayOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        AddGateway(builder.Services, builder.Name);
        builder.Services.Configure(builder.Name, configure);
        return builder;
    }

    /// <summary>
    /// The same with options from configuration, which the gateway follows. The section may be the balancer's own: <c>services.AddKiwiBalancer(section).AddGateway(section)</c>.
    /// A change is taken over as a whole, the balancer's part and the gateway's, or, if anything in it is wrong, logged and not at all.
    /// </summary>
    /// <param name="builder">The balancer's builder.</param>
    /// <param name="section">The section that holds the options.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IKiwiBalancerBuilder AddGateway(this IKiwiBalancerBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        AddGateway(builder.Services, builder.Name);
        builder.Services.Configure<BalancerGatewayOptions>(builder.Name, section);
        return builder;
    }

    private static void AddGateway(IServiceCollection services, string name)
    {
        if (services.Any(service => service.ServiceType == typeof(BalancerGateway) && Equals(service.ServiceKey, name)))
        {
            return;
        }

        services.AddKeyedSingleton(name, (provider, _) => GatewayFactory.Make(provider, name));
        services.AddSingleton(new GatewayName(name));
        services.TryAddSingleton<StartCheck>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<Microsoft.Extensions.Hosting.IHostedService, StartCheck>(provider => provider.GetRequiredService<StartCheck>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BalancerGatewayOptions>, GatewayOptionsValidator>());

        // One check for both parts, so that neither is taken over without the other.
        services.AddSingleton<IPostConfigureOptions<KiwiBalancerOptions>>(provider => new DefaultClient(name, provider.GetRequiredService<IOptionsFactory<BalancerGatewayOptions>>()));
        services.AddSingleton<IValidateOptions<KiwiBalancerOptions>>(provider => new WholeValidator(name, provider.GetRequiredService<IOptionsFactory<BalancerGatewayOptions>>()));
    }
}
