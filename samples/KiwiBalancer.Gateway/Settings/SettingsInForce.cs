using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;

namespace KiwiBalancer.Gateway.Settings;

/// <summary>Follows the settings when they change and all of them are right; when anything is wrong, the balancer's gateway says so, and nothing changes.</summary>
internal sealed class SettingsInForce : IDisposable
{
    private readonly IConfigurationSection _section;
    private readonly InMemoryConfigProvider _proxy;
    private readonly IOptionsFactory<KiwiBalancerOptions> _options;
    private readonly ILogger _logger;
    private readonly IDisposable _watch;
    private volatile GatewaySettings _current;

    public SettingsInForce(IConfiguration configuration, InMemoryConfigProvider proxy, IOptionsFactory<KiwiBalancerOptions> options, ILogger<SettingsInForce> logger)
    {
        _section = configuration.GetSection(GatewayApp.Section);
        _proxy = proxy;
        _options = options;
        _logger = logger;
        _current = GatewaySettings.From(_section);
        _watch = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    public GatewaySettings Current => _current;

    public void Dispose() => _watch.Dispose();

    private void Reload()
    {
        try
        {
            // Checks everything, the balancer's part, the clients' keys and this (SettingsValidator).
            _options.Create(Options.DefaultName);
        }
        catch (Exception exception) when (SettingsProblem.In(exception).Length > 0)
        {
            return;
        }

        GatewaySettings before = _current;
        GatewaySettings after = GatewaySettings.From(_section);
        _current = after;
        if (after.Upstream != before.Upstream)
        {
            _proxy.Update(Upstream.Routes, Upstream.Clusters(after.Upstream));
            Log.UpstreamChanged(_logger, after.Upstream!);
        }
    }
}
