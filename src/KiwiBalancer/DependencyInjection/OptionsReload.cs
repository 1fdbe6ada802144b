using KiwiBalancer.Diagnostics;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace KiwiBalancer.DependencyInjection;

/// <summary>
/// Applies changed options to a running balancer. Not by <c>IOptionsMonitor.OnChange</c>: that is not called, and its <c>CurrentValue</c> throws, after an invalid value.
/// So the options are built anew here at each change; invalid ones are logged, and the last good ones stay in force.
/// </summary>
internal sealed class OptionsReload : IDisposable
{
    private readonly List<IDisposable> _registrations = [];

    public OptionsReload(Balancer balancer, string name, IOptionsFactory<KiwiBalancerOptions> factory, IEnumerable<IOptionsChangeTokenSource<KiwiBalancerOptions>> sources, BalancerLog log)
    {
        foreach (var source in sources.Where(source => source.Name is null || source.Name == name))
        {
            _registrations.Add(ChangeToken.OnChange(source.GetChangeToken, () => Apply(balancer, name, factory, log)));
        }
    }

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private static void Apply(Balancer balancer, string name, IOptionsFactory<KiwiBalancerOptions> factory, BalancerLog log)
    {
        try
        {
            balancer.Reconfigure(factory.Create(name));
        }
        catch (ObjectDisposedException)
        {
            // Too late to matter.
        }
        catch (Exception exception)
        {
            balancer.Engine.Telemetry.InvalidReload();
            log.InvalidReload(exception);
        }
    }
}
