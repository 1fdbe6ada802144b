namespace KiwiBalancer.Lab.Fairness.Report;

/// <summary>Rows of cells, lined up: the first column to the left, the others to the right.</summary>
internal sealed class TextTable(params IReadOnlyList<string> head)
{
    private readonly List<IReadOnlyList<string>> _rows = [head];

    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    public async Task WriteAsync(TextWriter output, string indent = "  ")
    {
        var widths = Enumerable.Range(0, head.Count).Select(i => _rows.Max(r => r[i].Length)).ToArray();
        foreach (var row in _rows)
        {
            var cells = row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]));
            await output.WriteLineAsync((indent + string.Join("  ", cells)).TrimEnd());
        }
    }
}
