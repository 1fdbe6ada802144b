using KiwiBalancer.Gateway.Tests.Support;

namespace KiwiBalancer.Gateway.Tests;

/// <summary>Settings that cannot be used stop the start, and say why.</summary>
public sealed class SettingsTests
{
    [Fact]
    public async Task Starting_WithManyErrors_NamesThemAllAndNoKey()
    {
        var errors = await StartAsync(SettingsText.With(
            "x", ("Gateway:Upstream", null), ("Gateway:Limit", 0), ("Gateway:OperatorKey", "short"), ("Gateway:Clients:a:Weight", -1), ("Gateway:Clients:b:ApiKeys:0", "secret-c"), ("Gateway:FragileServer", new System.Text.Json.Nodes.JsonObject { ["Limit"] = "none" })));

        Assert.All(
            ["Gateway:Upstream is missing", "Limit is 0", "Clients['a'].Weight is -1", "a key that 'b' has as well", "OperatorKey has less than 8", "FragileServer:Limit is 'none'"],
            text => Assert.Contains(errors, error => error.Contains(text, StringComparison.Ordinal)));
        Assert.Equal(6, errors.Length);
        Assert.DoesNotContain(errors, error => error.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ \"Gateway\": ", "cannot be read")]
    [InlineData("no json at all", "cannot be read")]
    [InlineData("", "cannot be read")]
    [InlineData("{ \"Gateway\": { \"Limit\": 1, \"Limit\": 2 } }", "duplicate key 'Gateway:Limit'")]
    [InlineData("{ \"Gatway\": { \"Limit\": 1 } }", "'Gateway' is empty")]
    [InlineData("{ \"Gateway\": { \"Limit\": \"many\", \"Upstream\": \"http://127.0.0.1:1\" } }", "'many' at 'Gateway:Limit'")]
    [InlineData("{ \"Gateway\": { \"Limit\": 1, \"Upstream\": \"ftp://127.0.0.1:1\" } }", "Upstream is 'ftp://127.0.0.1:1'")]
    [InlineData("{ \"Gateway\": { \"Limit\": 1, \"Upstream\": \"somewhere\" } }", "Upstream is 'somewhere'")]
    public async Task Starting_WithSettingsThatCannotBeUsed_SaysWhy(string text, string expected) =>
        Assert.Contains(expected, Assert.Single(await StartAsync(text)), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("there/is/no/folder.json")]
    [InlineData("no-such-file.json")]
    [InlineData(".")]
    public async Task Starting_WithoutAFile_NamesIt(string path) => Assert.Contains(path.Split('/')[^1].TrimEnd('.') is "" ? "cannot be read" : path.Split('/')[0], Assert.Single(await RunAsync("--Settings", path)), StringComparison.Ordinal);

    private static async Task<string[]> StartAsync(string text)
    {
        using var settings = new SettingsFolder(text);
        return await RunAsync(settings.Arguments);
    }

    /// <summary>What it says, without the first line.</summary>
    private static async Task<string[]> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        Assert.Equal(2, await GatewayRun.RunAsync(arguments, output, error, app => app.Lifetime.StopApplication()).Within());

        Assert.Empty(output.ToString());
        return error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)[1..];
    }
}
