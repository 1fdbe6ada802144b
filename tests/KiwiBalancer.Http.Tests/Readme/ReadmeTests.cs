using System.Text.RegularExpressions;
using KiwiBalancer.Http.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.Http.Tests.Readme;

/// <summary>What the README shows is what this folder compiles and runs, line by line.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Snippets_EveryLine_StandsInACompiledFileOfThisFolder()
    {
        var compiled = Lines(Resource("Snippet.Snippets"));
        var snippets = Snippet().Matches(Resource("README.md")).Select(match => Lines(match.Groups["code"].Value)).ToArray();

        Assert.Equal(5, snippets.Length);
        Assert.All(snippets, snippet => Assert.True(Enumerable.Range(0, compiled.Length - snippet.Length + 1).Any(start => compiled.AsSpan(start, snippet.Length).SequenceEqual(snippet)), string.Join('\n', snippet)));
    }

    [Fact]
    public void Options_EveryOne_StandsInTheReadme()
    {
        var readme = Resource("README.md");

        Assert.All(typeof(BalancedHttpOptions).GetProperties(), option => Assert.Contains($"`{option.Name}`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Snippets_Run_AnswerAndGiveTheirSlotsBack()
    {
        await using var server = await GatedServer.StartAsync(limit: 1, client => client.AddKiwiBalancer());
        server.Finish("complete");
        var address = server.Http.BaseAddress!;
        using var semaphore = new SemaphoreSlim(1);
        using var plain = new HttpClient { BaseAddress = address };
        await (await Snippets.BeforeAsync(semaphore, plain, CancellationToken.None).Within()).DisposeAsync();
        await using var after = Snippets.After(address);
        await using var selected = Snippets.Selected(address);
        await using var resilient = Snippets.Resilient(address);

        Assert.Equal("complete", await after.GetRequiredService<Billing>().Http.GetStringAsync("/complete").Within());
        using var request = Snippets.Request();
        using var answer = await after.GetRequiredService<IHttpClientFactory>().CreateClient("reports").SendAsync(request).Within();
        Assert.Equal("complete", await answer.Content.ReadAsStringAsync().Within());
        Assert.Equal("complete", await selected.GetRequiredService<IHttpClientFactory>().CreateClient("llm").GetStringAsync("/complete").Within());
        Assert.Equal("complete", await resilient.GetRequiredService<IHttpClientFactory>().CreateClient("llm").GetStringAsync("/complete").Within());
        Assert.All(
            [after.GetRequiredService<IBalancer>(), selected.GetRequiredKeyedService<IBalancer>("gpu"), resilient.GetRequiredService<IBalancer>()],
            balancer => Assert.Equal(0, balancer.GetSnapshot().InFlight));
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ReadmeTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Snippet();
}
