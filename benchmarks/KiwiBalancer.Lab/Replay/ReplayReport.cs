using System.Text.Json;

namespace KiwiBalancer.Lab.Replay;

/// <summary>The results as a file.</summary>
internal sealed record ReplayReport(bool Held, IReadOnlyList<ReplayResult> Limits)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public async Task WriteAsync(string path)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, this, Options);
    }
}
