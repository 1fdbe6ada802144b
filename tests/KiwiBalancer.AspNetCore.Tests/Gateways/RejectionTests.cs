using System.Text.Json;
using KiwiBalancer.AspNetCore.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.AspNetCore.Tests.Gateways;

/// <summary>The answer no.</summary>
public sealed class RejectionTests
{
    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task Request_BeyondTheQueue_IsToldWhenToComeBackAndWhy(int status)
    {
        await using var app = await GatedApp.StartAsync(o => (o.Limit, o.MaxQueueLength) = (1, 0), o =>
        {
            o.RejectionStatusCode = status;
            o.RetryAfter = TimeSpan.FromSeconds(6.2);
        });
        await app.HoldAsync("x", "1");

        using var answer = await app.SendAsync("x", "2").Within();

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter?.Delta);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync().Within());
        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.Equal("queue_full", problem.RootElement.GetProperty("reason").GetString());
        Assert.NotEmpty(problem.RootElement.GetProperty("title").GetString()!);
        Assert.False(app.HasEntered("2"));
        app.Finish("1");
        app.CheckIntegrity();
    }

    [Fact]
    public async Task Request_RejectedInAnApplicationWithProblemDetails_IsToldInItsWay()
    {
        await using var app = await GatedApp.StartAsync(
            o => (o.Limit, o.MaxQueueLength) = (1, 0),
            _ => { },
            builder => builder.Services.AddProblemDetails(o => o.CustomizeProblemDetails = context => context.ProblemDetails.Extensions["app"] = "mine"));
        await app.HoldAsync("x", "1");

        using var answer = await app.SendAsync("x", "2").Within();
        using var html = await app.SendAsync("x", "3", CancellationToken.None, ("Accept", "text/html")).Within();

        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync().Within());
        Assert.Equal(("mine", "queue_full"), (problem.RootElement.GetProperty("app").GetString(), problem.RootElement.GetProperty("reason").GetString()));
        Assert.Equal(503, (int)html.StatusCode);
        Assert.NotNull(html.Headers.RetryAfter);
    }

    [Fact]
    public async Task Request_ThatHasWaitedTooLong_IsToldSo()
    {
        var time = new FakeTimeProvider();
        await using var app = await GatedApp.StartAsync(
            o => (o.Limit, o.QueueTimeout) = (1, TimeSpan.FromSeconds(5)), _ => { }, builder => builder.Services.AddSingleton<TimeProvider>(time));
        await app.HoldAsync("x", "1");
        var waiting = app.SendAsync("x", "2");
        app.Waits(1);

        // It counts as waiting a moment before its deadline is set: time goes on until it is answered.
        Eventually.True(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(6));
                return waiting.IsCompleted;
            },
            "the request that waits too long is answered");

        using var answer = await waiting.Within();
        Assert.Equal(503, (int)answer.StatusCode);
        Assert.Contains("queue_timeout", await answer.Content.ReadAsStringAsync().Within(), StringComparison.Ordinal);
        app.Finish("1");
        app.CheckIntegrity();
    }

    [Fact]
    public async Task Requests_WhenTheBalancerIsDisposed_AreToldThatItClosesAndSoAreLaterOnes()
    {
        await using var app = await GatedApp.StartAsync(o => o.Limit = 1, _ => { });
        var held = await app.HoldAsync("x", "1");
        var waiting = app.SendAsync("x", "2");
        app.Waits(1);

        app.Balancer.Dispose();

        foreach (var sent in new[] { waiting, app.SendAsync("x", "3") })
        {
            using var answer = await sent.Within();
            Assert.Equal(503, (int)answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Contains("balancer_closed", await answer.Content.ReadAsStringAsync().Within(), StringComparison.Ordinal);
        }

        app.Finish("1");
        Assert.True((await held.Within()).IsSuccessStatusCode);
        app.CheckIntegrity();
    }
}
