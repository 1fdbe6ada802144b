using System.Text.Json.Nodes;

namespace KiwiBalancer.Gateway.Tests.Support;

/// <summary>The text of a settings file.</summary>
internal static class SettingsText
{
    public const string OperatorKey = "secret-of-the-operator";

    /// <summary>Good settings with other values in some places: <c>"Gateway:Limit"</c> → 8; null: taken out.</summary>
    public static string With(string upstream, params (string Path, JsonNode? Value)[] others)
    {
        var settings = JsonNode.Parse($$"""
            { "Urls": "http://127.0.0.1:0",
              "Logging": { "LogLevel": { "Default": "Warning" } },
              "Gateway": {
                "Upstream": "{{upstream}}", "OperatorKey": "{{OperatorKey}}", "Limit": 32, "ApiKeyHeader": "X-Api-Key", "UnknownClients": "Refuse", "FinishAborted": true,
                "Clients": {
                  "a": { "Weight": 1, "ApiKeys": [ "secret-a" ] },
                  "b": { "Weight": 3, "ApiKeys": [ "secret-b" ] },
                  "c": { "Weight": 4, "ApiKeys": [ "secret-c" ] } } } }
            """)!;
        foreach (var (path, value) in others)
        {
            var steps = path.Split(':');
            var at = steps[..^1].Aggregate(settings, (node, step) => node[step]!);
            if (value is null)
            {
                at.AsObject().Remove(steps[^1]);
            }
            else if (int.TryParse(steps[^1], System.Globalization.CultureInfo.InvariantCulture, out var index))
            {
                at[index] = value;
            }
            else
            {
                at[steps[^1]] = value;
            }
        }

        return settings.ToJsonString();
    }
}
