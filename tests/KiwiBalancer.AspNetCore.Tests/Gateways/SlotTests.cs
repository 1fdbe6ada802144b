using KiwiBalancer.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace KiwiBalancer.AspNetCore.Tests.Gateways;

/// <summary>When a request waits, when it holds its slot, and when it gives it back.</summary>
public sealed class SlotTests
{
    [Fact]
    public async Task Requests_OfTwoClients_AreServedByWeight()
    {
        await using var app = await GatedApp.StartAsync(
            builder => builder.Services.AddKiwiBalancer(o => o.Limit = 4).AddClient("heavy", weight: 3).AddClient("light").AddGateway(o => o.ClientRouteValue = "client"),
            app => app.UseKiwiBalancer());
        string[] others = ["o1", "o2", "o3", "o4"];
        foreach (var id in others)
        {
            await app.HoldAsync("other", id);
        }

        string[] ids = [.. Enumerable.Range(0, 8).SelectMany(i => new[] { $"light{i}", $"heavy{i}" })];
        var sent = ids.Select(id => app.SendAsync(id[..5], id)).ToArray();
        app.Waits(16);

        Array.ForEach(others, app.Finish);

        Eventually.True(() => app.Balancer.GetSnapshot() is { InFlight: 4, Waiting: 12 }, "the four slots are handed on");
        Assert.Equal((3, 1, 0), (app.Client("heavy").InFlight, app.Client("light").InFlight, app.Client("default").InFlight));
        Array.ForEach(ids, app.Finish);
        Assert.All(await Task.WhenAll(sent).Within(), answer => Assert.True(answer.IsSuccessStatusCode));
        app.CheckIntegrity();
    }

    [Fact]
    public async Task Request_AbortedWhileItWaits_LeavesTheQueueAtOnceAndIsNeverHandled()
    {
        await using var app = await GatedApp.StartAsync(o => o.Limit = 1, _ => { });
        await app.HoldAsync("x", "1");
        using var caller = new CancellationTokenSource();
        var waiting = app.SendAsync("x", "2", caller.Token);
        app.Waits(1);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Within());
        app.Waits(0);
        app.Finish("1");
        app.CheckIntegrity();
        Assert.False(app.HasEntered("2"));
    }

    [Fact]
    public async Task Request_AbortedWhileItIsHandled_IsToldAndGivesItsSlotBackWhenItsHandlerEnds()
    {
        await using var app = await GatedApp.StartAsync(o => o.Limit = 1, _ => { });
        using var caller = new CancellationTokenSource();
        var sent = app.SendAsync("x", "1", caller.Token);
        await app.Entered("1");

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent.Within());
        await app.Ended("1");
        app.CheckIntegrity();
    }

    [Fact]
    public async Task Request_AbortedWhileItIsHandledAndToBeFinished_HoldsItsSlotToTheEnd()
    {
        await using var app = await GatedApp.StartAsync(o => o.Limit = 1, o => o.FinishAborted = true);
        using var caller = new CancellationTokenSource();
        var sent = app.SendAsync("x", "1", caller.Token);
        var token = await app.Entered("1");
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent.Within());

        var next = app.SendAsync("x", "2");
        app.Waits(1);

        Assert.Equal((false, false, 1), (token.CanBeCanceled, app.HasEntered("2"), app.Balancer.GetSnapshot().InFlight));
        app.Finish("1");
        await app.Entered("2");
        app.Finish("2");
        Assert.True((await next.Within()).IsSuccessStatusCode);
        app.CheckIntegrity();
    }

    [Fact]
    public async Task Request_WhoseHandlerThrows_GivesItsSlotBack()
    {
        await using var app = await GatedApp.StartAsync(o => o.Limit = 1, _ => { }, map: app => app.MapGet("/throw", string () => throw new InvalidOperationException("broken")));

        using var answer = await app.Http.GetAsync("/throw").Within();

        Assert.Equal(500, (int)answer.StatusCode);
        app.CheckIntegrity();
    }

    [Fact]
    public async Task Request_WithItsFeature_MayGiveItsSlotBackSooner()
    {
        await using var app = await GatedApp.StartAsync(o => o.Limit = 1, _ => { }, map: app => app.MapGet("/early", async (HttpContext context) =>
        {
            var mine = context.Features.Get<IKiwiBalancerFeature>()!;
            var held = mine.Client.InFlight;
            mine.Lease.Dispose();
            await context.Response.WriteAsync($"{mine.Client.Name} {held} {mine.Client.InFlight}");
        }));

        Assert.Equal("default 1 0", await app.Http.GetStringAsync("/early").Within());
        app.CheckIntegrity();
    }

    [Fact]
    public async Task Request_OfCostFromItsOptions_TakesThatManySlots()
    {
        await using var app = await GatedApp.StartAsync(o => o.Limit = 5, o => o.Cost = context => context.Request.Headers.ContainsKey("X-Heavy") ? 3 : 1);

        await app.HoldAsync("x", "1", ("X-Heavy", "yes"));
        await app.HoldAsync("x", "2");

        Assert.Equal(4, app.Balancer.GetSnapshot().InFlight);
        app.Finish("1");
        app.Finish("2");
        app.CheckIntegrity();
    }
}
