namespace KiwiBalancer.Lab.Report;

/// <summary>Rows of cells that can be pasted into a document.</summary>
internal sealed class MarkdownTable(params IReadOnlyList<string> head)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    public async Task WriteAsync(TextWriter output)
    {
        await output.WriteLineAsync(Line(head));
        await output.WriteLineAsync(Line([.. head.Select((_, i) => i == 0 ? "---" : "---:")]));
        foreach (var row in _rows)
            await output.WriteLineAsync(Line(row));
        await output.WriteLineAsync();
    }

    private static string Line(IReadOnlyList<string> cells) => "| " + string.Join(" | ", cells) + " |";
}
