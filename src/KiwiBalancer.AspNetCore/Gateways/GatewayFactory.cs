using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace KiwiBalancer.Gateways;

/// <summary>Makes what the container asks for.</summary>
internal static class GatewayFactory
{
    private const string Category = "KiwiBalancer.AspNetCore";

    public static BalancerGateway Make(IServiceProvider provider, string name)
    {
        var logger = (ILogger?)provider.GetService<ILoggerFactory>()?.CreateLogger(Category) ?? NullLogger.Instance;
        var options = new WholeOptions(name, provider.GetRequiredService<IOptionsFactory<KiwiBalancerOptions>>(), provider.GetRequiredService<IOptionsFactory<BalancerGatewayOptions>>());
        var gateway = new BalancerGateway(GetBalancer(provider, name), options, provider.GetService<TimeProvider>() ?? TimeProvider.System, logger);
        gateway.Follow(provider.GetServices<IOptionsChangeTokenSource<KiwiBalancerOptions>>());
        gateway.Follow(provider.GetServices<IOptionsChangeTokenSource<BalancerGatewayOptions>>());
        return gateway;
    }

    public static IBalancer GetBalancer(IServiceProvider provider, string name) => name == Options.DefaultName
        ? provider.GetRequiredService<IBalancer>()
        : provider.GetRequiredKeyedService<IBalancer>(name);
}
