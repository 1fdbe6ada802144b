using System.Text.Json;
using KiwiBalancer.Gateway.Tests.Support;
using Microsoft.Extensions.Logging;

namespace KiwiBalancer.Gateway.Tests;

/// <summary>What the operator sees, and nobody else.</summary>
public sealed class OperatorTests
{
    [Theory]
    [InlineData("/metrics")]
    [InlineData("/kiwi")]
    public async Task Endpoint_OfTheOperator_ShowsNothingWithoutItsKey(string path)
    {
        await using var gateway = await RunningGateway.StartAsync();

        foreach (var (key, operatorKey) in new[] { ((string?)null, (string?)null), ("secret-a", null), (null, "secret-a"), (null, SettingsText.OperatorKey[..^1]), (null, SettingsText.OperatorKey + "x"), (null, "") })
        {
            using var answer = await gateway.GetAsync(path, key, operatorKey);
            Assert.Equal(401, (int)answer.StatusCode);
            Assert.Empty(await answer.Content.ReadAsStringAsync().Within());
        }

        using var right = await gateway.GetAsync(path, key: null, SettingsText.OperatorKey);
        Assert.Equal(200, (int)right.StatusCode);
    }

    [Fact]
    public async Task Endpoint_OfTheOperatorThatHasNoKey_ShowsNothingToAnybody()
    {
        await using var gateway = await RunningGateway.StartAsync(address => SettingsText.With(address, ("Gateway:OperatorKey", null)));

        using var answer = await gateway.GetAsync("/kiwi", key: null, "");

        Assert.Equal(401, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Kiwi_Asked_ShowsTheSnapshot()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var held = gateway.GetAsync("/hold/0/1/60000000");
        Eventually.True(() => gateway.Balancer.GetSnapshot().InFlight == 1, "the request is forwarded");

        using var answer = await gateway.GetAsync("/kiwi", key: null, SettingsText.OperatorKey);

        using var kiwi = JsonDocument.Parse(await answer.Content.ReadAsStringAsync().Within());
        Assert.Equal((32, 1), (kiwi.RootElement.GetProperty("limit").GetInt32(), kiwi.RootElement.GetProperty("inFlight").GetInt32()));
        Assert.Equal("a b c", string.Join(' ', kiwi.RootElement.GetProperty("clients").EnumerateArray().Select(client => client.GetProperty("name").GetString())));
        await gateway.Upstream.KillAsync();
        using var broken = await held;
        Assert.Equal(502, (int)broken.StatusCode);
        gateway.CheckIntegrity();
    }

    [Fact]
    public async Task Metrics_Asked_ShowTheBalancers()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var sent = await gateway.GetAsync("/hold/0/1/0");

        using var answer = await gateway.GetAsync("/metrics", key: null, SettingsText.OperatorKey);

        var metrics = await answer.Content.ReadAsStringAsync().Within();
        Assert.Contains("kiwibalancer_limit", metrics, StringComparison.Ordinal);
        Assert.Contains("kiwibalancer_active_requests", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_AskedByAnybody_SaysOneWord()
    {
        await using var gateway = await RunningGateway.StartAsync();

        using var answer = await gateway.GetAsync("/health", key: null);

        Assert.Equal("Healthy", await answer.Content.ReadAsStringAsync().Within());
    }

    [Fact]
    public async Task Keys_WhateverIsLogged_AreNotAndDoNotReachTheUpstream()
    {
        await using var gateway = await RunningGateway.StartAsync(address => SettingsText.With(address, ("Logging:LogLevel:Default", "Trace")), log: LogLevel.Trace);
        foreach (var (path, key, operatorKey) in new[] { ("/hold/0/1/0", "secret-a", null), ("/hold/0/1/0", "secret-wrong", null), ("/kiwi", null, SettingsText.OperatorKey), ("/metrics", null, "secret-wrong"), ("/kiwi", "secret-a", "secret-a") })
        {
            using var answer = await gateway.GetAsync(path, key, operatorKey);
        }

        Assert.NotEmpty(gateway.Log.GetSnapshot());
        Assert.DoesNotContain(gateway.Log.GetSnapshot(), record => $"{record.Message}{record.Exception}{string.Join(' ', record.StructuredState ?? [])}".Contains("secret", StringComparison.Ordinal));
    }
}
