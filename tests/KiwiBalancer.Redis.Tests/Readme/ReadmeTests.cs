using System.Text;
using System.Text.RegularExpressions;
using KiwiBalancer.Redis.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KiwiBalancer.Redis.Tests.Readme;

/// <summary>What the README shows is what this folder compiles and runs, line by line.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Snippets_EveryLine_StandsInACompiledFileOfThisFolder()
    {
        var compiled = Lines(Resource("Snippet.Snippets"));
        var snippets = Snippet().Matches(Resource("README.md")).Select(match => Lines(match.Groups["code"].Value)).ToArray();

        Assert.Equal(3, snippets.Length);
        Assert.All(snippets, snippet => Assert.True(Enumerable.Range(0, compiled.Length - snippet.Length + 1).Any(start => compiled.AsSpan(start, snippet.Length).SequenceEqual(snippet)), string.Join('\n', snippet)));
    }

    [Fact]
    public void Options_EveryOne_StandsInTheReadme()
    {
        var readme = Resource("README.md");

        Assert.All(typeof(RedisLimitOptions).GetProperties(), option => Assert.Contains($"| `{option.Name}` |", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Configuration_OfTheReadme_IsValidAndDoesWhatItSays()
    {
        var json = Json().Match(Resource("README.md")).Groups["json"].Value;
        var values = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
        var builder = new Builder(new ServiceCollection(), values);
        Snippets.Configured(builder);
        using var provider = builder.Services.BuildServiceProvider();

        provider.GetRequiredService<IStartupValidator>().Validate();
        Assert.Equal(100, provider.GetRequiredService<IOptions<KiwiBalancerOptions>>().Value.Limit);
        var options = provider.GetRequiredService<IOptions<RedisLimitOptions>>().Value;
        Assert.Equal(("redis:6379", "llm", TimeSpan.FromMinutes(2)), (options.Configuration, options.Resource, options.Linger));
    }

    [RedisFact]
    public async Task Snippets_Run_BuildWhatTheySay()
    {
        var builder = new Builder(new ServiceCollection(), new ConfigurationBuilder().Build());
        Snippets.InAnApplication(builder);
        await using (var provider = builder.Services.BuildServiceProvider())
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            Assert.Equal("llm", provider.GetRequiredService<RedisLimit>().Status.Resource);
        }

        await using var redis = await RedisServer.StartAsync();
        await using var connection = await redis.ConnectAsync();
        await Snippets.WithoutAContainerAsync(connection).WaitAsync(Eventually.Watchdog);
        Assert.True(connection.IsConnected);
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ReadmeTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Snippet();

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Json();
}
