using System.CommandLine;
using System.Globalization;
using KiwiBalancer.Lab.Arguments;
using KiwiBalancer.Lab.Report;

namespace KiwiBalancer.Lab.Scale;

/// <summary>Measures what grows with the number of clients and waiters.</summary>
internal sealed class ScaleCommand : ILabCommand
{
    private static readonly int[] Sizes = [10, 100, 1_000, 10_000, 100_000, 1_000_000];

    private static readonly Option<int> Most = new("--most") { Description = "The largest number of clients or requests, 100 to 1000000.", DefaultValueFactory = static _ => 1_000_000 };

    private static readonly (string Name, Func<IReadOnlyList<int>, Task<IReadOnlyList<ScalePoint>>> Play)[] All =
    [
        ("idle-clients", IdleClients.PlayAsync),
        ("waiting-clients", sizes => WaitingRequests.PlayAsync("waiting-clients", sizes, isClientEach: true)),
        ("waiting-requests", sizes => WaitingRequests.PlayAsync("waiting-requests", sizes, isClientEach: false)),
    ];

    public string Name => "scale";

    public string Description => "Measures what grows with the number of clients and waiters: time per request, bytes held.";

    public IReadOnlyList<string> Scenarios { get; } = [.. All.Select(s => s.Name)];

    public IReadOnlyList<Option> Options { get; } = [Most];

    public async Task<bool> RunAsync(LabArguments arguments, TextWriter output, TextWriter error)
    {
        var most = arguments.Value(Most);
        if (most is < 100 or > 1_000_000)
            throw new WrongArgumentException($"--most is {most}; give 100 to 1000000.");
        int[] sizes = [.. Sizes.Where(size => size <= most)];
        List<ScalePoint> points = [];
        foreach (var (name, play) in All.Where(s => arguments.Scenarios.Contains(s.Name, StringComparer.Ordinal)))
        {
            var measured = await play(sizes);
            var table = new MarkdownTable(name, "ns a request", $"/ {sizes[0]}", "bytes each");
            foreach (var p in measured)
                table.Add(Show(p.Count, "N0"), Show(p.Nanoseconds, "N0"), Show(p.Nanoseconds / measured[0].Nanoseconds, "0.00"), p.Count < 1_000 ? "" : Show(p.Bytes, "N0"));
            await table.WriteAsync(output);
            points.AddRange(measured);
        }

        if (arguments.JsonPath is { } json)
            await JsonFile.WriteAsync(json, new { points });
        if (arguments.ChartFolder is { } folder)
            ScalePicture.Save(Path.Combine(folder, "scale.png"), points);
        foreach (var point in points.Where(p => !p.Kept))
            await error.WriteLineAsync($"{point.Scenario} {point.Count}: a request was not answered or a slot did not come back");
        return points.All(p => p.Kept);
    }

    private static string Show(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
