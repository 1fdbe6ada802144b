using Microsoft.Extensions.Configuration;

namespace KiwiBalancer.AspNetCore.Tests.Support;

/// <summary>Configuration that a test changes while the application runs.</summary>
internal sealed class Settings : ConfigurationProvider, IConfigurationSource
{
    public Settings(params (string Key, string? Value)[] settings) => Set(settings);

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>Puts other settings in place of all there are.</summary>
    public void Replace(params (string Key, string? Value)[] settings)
    {
        Set(settings);
        try
        {
            OnReload();
        }
        catch (AggregateException)
        {
            // An IOptionsMonitor throws invalid options at whoever reloads. .NET's file provider swallows that, and so does this one.
        }
    }

    private void Set((string Key, string? Value)[] settings) =>
        Data = settings.ToDictionary(setting => "Kiwi:" + setting.Key, setting => setting.Value, StringComparer.OrdinalIgnoreCase);
}
