using System.Text.Json;
using KiwiBalancer.Demo.Report;

namespace KiwiBalancer.Demo.Tests.Report;

public sealed class ReportTextTests
{
    [Fact]
    public void Json_OfAReport_HasExactlyTheFieldsOfTheContract()
    {
        string json = JsonSerializer.Serialize(SampleReport.Kept, ReportJsonContext.Default.RunReport);

        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        JsonElement client = root.GetProperty("clients")[1];
        Assert.Equal("limit strategy seconds completed failed lost violations maxInFlight utilisation clients", Names(root));
        Assert.Equal("name weight completed slotSeconds meanInFlight idealInFlight waitMs", Names(client));
        Assert.Equal("p50 p99 max", Names(client.GetProperty("waitMs")));
        Assert.Equal(0.9959, root.GetProperty("utilisation").GetDouble());
        Assert.Equal(6.5, client.GetProperty("waitMs").GetProperty("max").GetDouble());
    }

    [Fact]
    public void Summary_Utilisation_IsRoundedDown() =>
        Assert.Equal("max in flight 100 of 100, utilisation 99.5 %, violations 0, lost 0", ReportTable.Summary(SampleReport.Kept));

    [Fact]
    public void Lines_OfAReport_AreAHeadAndALineAClient()
    {
        string[] lines = [.. ReportTable.Lines(SampleReport.Kept)];

        Assert.Equal(3, lines.Length);
        Assert.Single(lines.Select(l => l.Length).Distinct());
        Assert.Equal(["beta", "2", "100", "66.00", "66.75", "4", "ms", "5", "ms", "6", "ms"], lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Names(JsonElement element) => string.Join(' ', element.EnumerateObject().Select(p => p.Name));
}
