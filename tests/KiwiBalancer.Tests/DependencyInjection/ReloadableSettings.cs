using Microsoft.Extensions.Configuration;

namespace KiwiBalancer.Tests.DependencyInjection;

/// <summary>Configuration that a test changes while the host runs.</summary>
internal sealed class ReloadableSettings : ConfigurationProvider, IConfigurationSource
{
    public ReloadableSettings(params (string Key, string? Value)[] settings) => Replace(settings);

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>Puts other settings in place of all there are.</summary>
    public void Replace(params (string Key, string? Value)[] settings)
    {
        Data = settings.ToDictionary(setting => "Kiwi:" + setting.Key, setting => setting.Value, StringComparer.OrdinalIgnoreCase);
        try
        {
            OnReload();
        }
        catch (AggregateException)
        {
            // ValidateOnStart makes an IOptionsMonitor, which throws invalid options at whoever reloads. .NET's file provider swallows that, and so does this one.
        }
    }
}
