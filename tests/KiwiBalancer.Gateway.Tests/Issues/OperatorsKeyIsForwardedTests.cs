using KiwiBalancer.Gateway.Tests.Support;

namespace KiwiBalancer.Gateway.Tests.Issues;

/// <summary>The operator's key, sent to a path mistyped, went on to the upstream.</summary>
public sealed class OperatorsKeyIsForwardedTests
{
    [Fact]
    public async Task Request_WithAnyKeyOfTheGateway_ReachesTheUpstreamWithoutIt()
    {
        await using var upstream = await EchoingUpstream.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(_ => SettingsText.With(upstream.Address));

        using var answer = await gateway.GetAsync("/kiwii", "secret-a", SettingsText.OperatorKey);
        using var others = await gateway.GetAsync("/work", "secret-a", "token-of-the-upstream");

        var seen = await answer.Content.ReadAsStringAsync().Within();
        Assert.Contains("Host: ", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", seen, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer token-of-the-upstream", await others.Content.ReadAsStringAsync().Within(), StringComparison.Ordinal);
    }
}
