using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KiwiBalancer.AspNetCore.Tests.Readme;

/// <summary>What the README shows is what this folder compiles and runs, line by line.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Snippets_EveryLine_StandsInACompiledFileOfThisFolder()
    {
        var compiled = Resources("Snippet.").Select(Lines).ToArray();
        var snippets = Snippet().Matches(Resources("README").Single()).Select(match => Lines(match.Groups["code"].Value)).ToArray();

        Assert.NotEmpty(snippets);
        Assert.All(snippets, snippet => Assert.Contains(compiled, file => Contains(file, snippet)));
    }

    [Fact]
    public void Options_EveryOne_StandsInTheReadme()
    {
        var readme = Resources("README").Single();

        Assert.All(
            typeof(BalancerGatewayOptions).GetProperties().Concat(typeof(KiwiBalancerHealthOptions).GetProperties()),
            option => Assert.Contains($"`{option.Name}`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public async Task BeforeAndAfter_Run_Answer()
    {
        await CheckAsync(Before.Build, (HttpMethod.Post, "/complete", "", "done"));
        await CheckAsync(After.Build, (HttpMethod.Post, "/complete", "X-Client: billing", "billing"), (HttpMethod.Post, "/complete", "", "default"));
    }

    [Fact]
    public async Task Configuration_OfTheReadme_IsValidAndDoesWhatItSays()
    {
        var json = Json().Match(Resources("README").Single()).Groups["json"].Value;
        var distinct = new Regex("\\.\\.\\.", RegexOptions.None, TimeSpan.FromSeconds(1)).Replace(json, "key 1", 1).Replace("...", "key 2", StringComparison.Ordinal);

        await CheckAsync(
            builder =>
            {
                builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(distinct)));
                return Configured.Build(builder);
            },
            (HttpMethod.Get, "/", "X-Api-Key: key 1", "billing"),
            (HttpMethod.Get, "/health", "", "Healthy"));
    }

    [Fact]
    public async Task Recipes_Run_DoWhatTheReadmeSays()
    {
        await CheckAsync(Recipes.PriorityByHeader, (HttpMethod.Get, "/", "X-Priority: high", "urgent"), (HttpMethod.Get, "/", "", "normal"), (HttpMethod.Get, "/report", "", "report"));
        await CheckAsync(Recipes.Bulkheads, (HttpMethod.Get, "/", "", "default"));
        await CheckAsync(
            Recipes.WeightedEndpoints, (HttpMethod.Get, "/documents/7", "", "7 1"), (HttpMethod.Post, "/documents", "", "written 2"), (HttpMethod.Put, "/limit/5", "", ""), (HttpMethod.Get, "/documents/8", "", "8 1"));
        await CheckAsync(Recipes.QueueOfACluster, (HttpMethod.Get, "/orders/1/2", "", "1/2"));
    }

    private static async Task CheckAsync(Func<WebApplicationBuilder, WebApplication> build, params (HttpMethod Method, string Path, string Header, string Answer)[] requests)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var app = build(builder);
        await app.StartAsync().Within();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        foreach (var (method, path, header, expected) in requests)
        {
            using var request = new HttpRequestMessage(method, path);
            if (header.Split(": ") is [var name, var value])
            {
                request.Headers.Add(name, value);
            }

            using var answer = await http.SendAsync(request).Within();
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
            Assert.Equal(expected, await answer.Content.ReadAsStringAsync().Within());
        }
    }

    private static IEnumerable<string> Resources(string start)
    {
        var assembly = typeof(ReadmeTests).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(start, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static bool Contains(string[] file, string[] snippet) =>
        Enumerable.Range(0, Math.Max(0, file.Length - snippet.Length + 1)).Any(start => file.AsSpan(start, snippet.Length).SequenceEqual(snippet));

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Snippet();

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Json();
}
