using System.Text.Json;
using System.Text.Json.Serialization;

namespace KiwiBalancer.Lab.Fairness.Report;

/// <summary>The results as a file. Numbers that were never reached are null.</summary>
internal sealed record JsonReport(int Seed, bool Held, IReadOnlyList<JsonScenario> Scenarios)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    public static JsonReport Of(int seed, IReadOnlyList<ScenarioResult> results) =>
        new(seed, results.All(r => !r.Broken.Any()), [.. results.Select(JsonScenario.Of)]);

    public static async Task WriteAsync(string path, int seed, IReadOnlyList<ScenarioResult> results)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, Of(seed, results), Options);
    }
}
