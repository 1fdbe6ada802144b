using System.Globalization;
using KiwiBalancer.Demo.Arguments;

namespace KiwiBalancer.Demo.Load;

/// <summary>Reads a trace: <c>TIMESTAMP,ContextTokens,GeneratedTokens</c>, one request a line.</summary>
internal static class TraceReader
{
    private const string Header = "TIMESTAMP,ContextTokens,GeneratedTokens";
    private const int MaxTokens = 10_000_000;

    /// <exception cref="WrongArgumentException">A line is malformed; the message has its number.</exception>
    public static IReadOnlyList<TraceRow> Read(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            return Read(reader, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WrongArgumentException($"{TraceArgument.Option} names the file '{path}', but it cannot be read ({e.Message.ReplaceLineEndings(" ")}); give a readable CSV file");
        }
    }

    public static IReadOnlyList<TraceRow> Read(TextReader reader, string path)
    {
        var rows = new List<TraceRow>();
        if (reader.ReadLine() is var header && !string.Equals(header, Header, StringComparison.Ordinal))
        {
            throw Malformed(path, 1, header ?? "", $"the header {Header}");
        }

        for (int number = 2; reader.ReadLine() is { } line; number++)
        {
            rows.Add(TryParse(line, out TraceRow row) ? row : throw Malformed(path, number, line, $"like 2023-11-16 18:17:03.9799600,4808,10, with 0 to {MaxTokens} tokens"));
        }

        return rows.Count > 0
            ? rows
            : throw new WrongArgumentException($"{TraceArgument.Option} names the file '{path}', but it has no requests; give one with at least one line after the header");
    }

    private static bool TryParse(string line, out TraceRow row)
    {
        row = default;
        string[] parts = line.Split(',');
        if (parts.Length != 3
            || !DateTime.TryParseExact(parts[0], "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime timestamp)
            || !TryTokens(parts[1], out int context)
            || !TryTokens(parts[2], out int generated))
        {
            return false;
        }

        row = new TraceRow(timestamp, context, generated);
        return true;
    }

    private static bool TryTokens(string text, out int tokens) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out tokens) && tokens <= MaxTokens;

    private static WrongArgumentException Malformed(string path, int number, string line, string expected) =>
        new($"line {number} of '{path}' is '{(line.Length > 60 ? line[..60] + "…" : line)}', but must be {expected}; correct the line or give another file");
}
