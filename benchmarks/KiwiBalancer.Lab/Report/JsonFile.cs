using System.Text.Json;

namespace KiwiBalancer.Lab.Report;

/// <summary>Results as a file.</summary>
internal static class JsonFile
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public static async Task WriteAsync<T>(string path, T results)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, results, Options);
    }
}
