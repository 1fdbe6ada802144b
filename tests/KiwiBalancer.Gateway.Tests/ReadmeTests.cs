using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using KiwiBalancer.Gateway.Tests.Support;

namespace KiwiBalancer.Gateway.Tests;

/// <summary>The two lines of the README, with the settings that are shipped.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task Curl_EveryLineOfTheReadme_Answers()
    {
        using var settings = new SettingsFolder(Resource("appsettings.json"));
        var lines = Curl().Matches(Resource("README.md"));
        Assert.True(lines.Count >= 2);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var answers = new List<(int Status, string Text)>();

        var code = await GatewayRun.RunAsync(
            [.. settings.Arguments, "--Urls", "http://127.0.0.1:0", "--Gateway:Upstream", $"http://127.0.0.1:{FreePort()}"],
            output,
            error,
            app => _ = Task.Run(async () =>
            {
                try
                {
                    using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = Eventually.Watchdog };
                    foreach (Match line in lines)
                    {
                        using var request = new HttpRequestMessage(HttpMethod.Get, line.Groups["path"].Value);
                        request.Headers.Add(line.Groups["header"].Value, line.Groups["value"].Value);
                        using var answer = await http.SendAsync(request);
                        answers.Add(((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
                    }
                }
                finally
                {
                    app.Lifetime.StopApplication();
                }
            })).Within();

        Assert.True(code == 0, error.ToString());
        Assert.Contains("listens on http://127.0.0.1:", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(lines.Count, answers.Count);
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.StartsWith("done; 1 of 32 slots held", answers[0].Text, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"billing\",\"weight\":3", answers[1].Text, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ReadmeTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("^curl -H '(?<header>[^:]+): (?<value>[^']+)' http://127.0.0.1:5080(?<path>\\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Curl();
}
