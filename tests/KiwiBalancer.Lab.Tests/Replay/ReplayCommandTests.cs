using System.Text;

namespace KiwiBalancer.Lab.Tests.Replay;

/// <summary>The replay of traces, on small ones made here.</summary>
public sealed class ReplayCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kiwi-replay-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Replaying_SmallBesideBig_ShortensTheWaitOfTheSmall()
    {
        var big = Trace("big.csv", 400, generated: 100, everyMilliseconds: 50);
        var small = Trace("small.csv", 40, generated: 10, everyMilliseconds: 500);
        var (code, output, error) = await Run("--trace", $"{big}:big:1", "--trace", $"{small}:small:1", "--scenario", "limit-16", "--json", Path.Combine(_folder.FullName, "r.json"), "--chart", _folder.FullName);

        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("p99 wait of small", output, StringComparison.Ordinal);
        Assert.DoesNotContain("limit 24", output, StringComparison.Ordinal);
        Assert.Contains("\"held\": true", await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "r.json")), StringComparison.Ordinal);
        Assert.True(new FileInfo(Path.Combine(_folder.FullName, "replay.png")).Length > 1000);
    }

    [Fact]
    public async Task Replaying_TheSameTraces_PrintsTheSame()
    {
        var one = Trace("one.csv", 100, generated: 50, everyMilliseconds: 60);
        var two = Trace("two.csv", 100, generated: 30, everyMilliseconds: 80);
        string[] arguments = ["--trace", $"{one}:one:1", "--trace", $"{two}:two:3", "--scenario", "limit-16"];

        Assert.Equal(await Run(arguments), await Run(arguments));
    }

    [Theory]
    [InlineData("no-such-file.csv:a:1", "there is none")]
    [InlineData("a", "must be FILE:client:weight")]
    public async Task Replaying_AWrongTrace_SaysWhatIsAllowed(string trace, string message)
    {
        var (code, _, error) = await Run("--trace", trace);

        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replaying_OneTrace_AsksForAnother()
    {
        var (code, _, error) = await Run("--trace", $"{Trace("one.csv", 3, generated: 5, everyMilliseconds: 10)}:one:1");

        Assert.Equal(2, code);
        Assert.Contains("two or more", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var code = await LabApp.RunAsync(["replay", .. arguments], output, error);
        return (code, output.ToString(), error.ToString());
    }

    private string Trace(string name, int requests, int generated, int everyMilliseconds)
    {
        var text = new StringBuilder("TIMESTAMP,ContextTokens,GeneratedTokens\n");
        var time = new DateTime(2023, 11, 16, 18, 0, 0, DateTimeKind.Unspecified);
        for (var i = 0; i < requests; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{time.AddMilliseconds(i * everyMilliseconds):yyyy-MM-dd HH:mm:ss.fff},100,{generated}\n");
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text.ToString());
        return path;
    }
}
