using KiwiBalancer.Fragile;
using KiwiBalancer.Gateway.Tests.Support;
using Microsoft.Extensions.Logging;

namespace KiwiBalancer.Gateway.Tests;

/// <summary>The settings file is followed while the gateway runs; what is wrong in it changes nothing.</summary>
public sealed class ReloadTests
{
    [Fact]
    public async Task Settings_Changed_AreFollowedWithoutARestart()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await using var other = await ServerProcess.StartAsync(limit: 4, clients: 1, capacity: 10, CancellationToken.None).Within();

        gateway.Settings.Write(SettingsText.With(
            $"http://127.0.0.1:{other.Port}", ("Gateway:Limit", 4), ("Gateway:OperatorKey", "secret-of-another"), ("Gateway:Clients:a:Weight", 9), ("Gateway:Clients:a:ApiKeys:0", "secret-new")));

        // One after another: the limit first, then the clients, then who may come in.
        Eventually.True(() => gateway.Balancer.Limit == 4, "the limit is followed");
        Eventually.True(() => Weight(gateway, "a") == 9, "the weights are followed");
        Eventually.True(() => StatusAsync(gateway, "secret-new").Result == 204, "the keys are followed");
        Assert.Equal((204, 401), (await StatusAsync(gateway, "secret-new"), await StatusAsync(gateway, "secret-a")));
        Eventually.True(() => gateway.GetAsync(ServerPath.State, "secret-new").Result.Content.ReadAsStringAsync().Result.StartsWith("4 ", StringComparison.Ordinal), "the other server is asked");
        Eventually.True(() => gateway.GetAsync("/kiwi", key: null, "secret-of-another").Result.IsSuccessStatusCode, "the operator's key is followed");
        gateway.CheckIntegrity();
    }

    [Fact]
    public async Task Settings_ChangedForTheWorse_ChangeNothingAndAreLoggedUntilTheyAreRight()
    {
        await using var gateway = await RunningGateway.StartAsync();

        gateway.Settings.Write("{ \"Gateway\": ");
        await CheckUnchangedAsync(gateway, "cannot be read");
        File.Delete(gateway.Settings.File);
        await CheckUnchangedAsync(gateway, "cannot be read");
        foreach (var (path, value) in new (string, System.Text.Json.Nodes.JsonNode?)[] { ("Gateway:Upstream", null), ("Gateway:Clients:b:Weight", -1), ("Gateway:Clients:b:ApiKeys:0", "secret-new"), ("Gateway:MaxQueueLength", "long") })
        {
            gateway.Settings.Write(SettingsText.With("http://127.0.0.1:1", ("Gateway:Limit", 4), ("Gateway:OperatorKey", "secret-of-another"), ("Gateway:Clients:a:Weight", 9), ("Gateway:Clients:a:ApiKeys:0", "secret-new"), (path, value)));
            await CheckUnchangedAsync(gateway, "none of them were applied");
        }

        Assert.DoesNotContain(gateway.Log.GetSnapshot(), record => $"{record.Message}{record.Exception}".Contains("secret", StringComparison.Ordinal));
        gateway.Settings.Write(SettingsText.With(gateway.UpstreamAddress, ("Gateway:Limit", 7)));
        Eventually.True(() => gateway.Balancer.Limit == 7, "the settings are followed again");
        gateway.CheckIntegrity();
    }

    private static async Task CheckUnchangedAsync(RunningGateway gateway, string logged)
    {
        Eventually.True(() => gateway.Log.GetSnapshot().Any(record => record.Level == LogLevel.Error && record.Message.Contains(logged, StringComparison.Ordinal)), $"'{logged}' is logged");
        gateway.Log.Clear();
        Assert.Equal((32, 1), (gateway.Balancer.Limit, Weight(gateway, "a")));
        Assert.Equal((204, 401), (await StatusAsync(gateway, "secret-a"), await StatusAsync(gateway, "secret-new")));
        using var kiwi = await gateway.GetAsync("/kiwi", key: null, SettingsText.OperatorKey);
        using var wrong = await gateway.GetAsync("/kiwi", key: null, "secret-of-another");
        Assert.Equal((200, 401), ((int)kiwi.StatusCode, (int)wrong.StatusCode));
    }

    private static int Weight(RunningGateway gateway, string client) => gateway.Balancer.GetSnapshot().Clients.Single(one => one.Name == client).Weight;

    private static async Task<int> StatusAsync(RunningGateway gateway, string key)
    {
        using var answer = await gateway.GetAsync("/hold/0/1/0", key);
        return (int)answer.StatusCode;
    }
}
