using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace KiwiBalancer.Gateway.Settings;

/// <summary>The rules for what only this gateway knows. As a part of the balancer's, so that all errors are told at once, and a change with an error in either changes nothing.</summary>
internal sealed class SettingsValidator(IConfigurationSection section) : IValidateOptions<KiwiBalancerOptions>
{
    private const int ShortestKey = 8;

    public ValidateOptionsResult Validate(string? name, KiwiBalancerOptions options)
    {
        string[] problems = [.. Problems()];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> Problems()
    {
        string? upstream = section["Upstream"];
        if (string.IsNullOrWhiteSpace(upstream))
        {
            yield return $"{section.Path}:Upstream is missing; give the address of the server that the gateway protects, like http://127.0.0.1:5081.";
        }
        else if (!Uri.TryCreate(upstream, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            yield return $"{section.Path}:Upstream is '{upstream}'; it must be an address like http://127.0.0.1:5081.";
        }

        if (section["OperatorKey"] is { } key && key.Trim().Length < ShortestKey)
        {
            yield return $"{section.Path}:OperatorKey has less than {ShortestKey} characters; give a longer one, or leave it out, and nobody sees /metrics and /kiwi.";
        }

        if (section["FragileServer:Limit"] is { } limit && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out int slots) && slots > 0))
        {
            yield return $"{section.Path}:FragileServer:Limit is '{limit}'; it must be 1 or more, or left out, and no server is started.";
        }
    }
}
