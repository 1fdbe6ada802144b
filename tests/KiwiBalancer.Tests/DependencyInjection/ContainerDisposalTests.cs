using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.Tests.DependencyInjection;

/// <summary>A container disposes what it made in the reverse order of its making, so the handles go before or after their balancer as chance has it.</summary>
public sealed class ContainerDisposalTests
{
    private readonly ServiceProvider _provider;
    private readonly GatedServer _server;

    public ContainerDisposalTests()
    {
        var services = new ServiceCollection();
        services.AddKiwiBalancer(options => options.Limit = 1).AddServer<GatedServer, int, int>().AddClient("billing");
        _provider = services.BuildServiceProvider();
        _server = _provider.GetRequiredService<GatedServer>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DisposeAsync_RunningAndWaiting_LetsBothFinish(bool isBalancerDisposedFirst)
    {
        var (balancer, client) = Resolve(isBalancerDisposedFirst);
        var running = client.SendAsync(1).AsTask();
        var waiting = client.SendAsync(2).AsTask();

        var disposal = _provider.DisposeAsync().AsTask();

        Assert.Throws<ObjectDisposedException>(() => { _ = client.SendAsync(3); });
        Assert.False(disposal.IsCompleted);
        _server.Finish(1);
        _server.Finish(2);
        Assert.Equal((1, 2), (await running.Within(), await waiting.Within()));
        await disposal.Within();
        Integrity.Check(balancer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispose_RunningAndWaiting_CancelsAndRejectsAsTheBalancer(bool isBalancerDisposedFirst)
    {
        var (balancer, client) = Resolve(isBalancerDisposedFirst);
        var running = client.SendAsync(1).AsTask();
        var waiting = client.SendAsync(2).AsTask();

        _provider.Dispose();

        var rejection = await Assert.ThrowsAsync<BalancerRejectedException>(() => waiting.Within());
        Assert.Equal(RejectionReason.BalancerClosed, rejection.Reason);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Within());
        Integrity.Check(balancer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispose_OfTheHandle_OnlyClosesItsDoor(bool isAsync)
    {
        var (balancer, client) = Resolve(isBalancerDisposedFirst: true);
        var running = client.SendAsync(1).AsTask();
        var waiting = client.SendAsync(2).AsTask();

        if (isAsync)
        {
            await client.DisposeAsync().Within();
        }
        else
        {
            client.Dispose();
        }

        Assert.Throws<ObjectDisposedException>(() => { _ = client.SendAsync(3); });
        Assert.False((await _server.Entered(1)).IsCancellationRequested);
        _server.Finish(1);
        _server.Finish(2);
        Assert.Equal((1, 2), (await running.Within(), await waiting.Within()));
        await _provider.DisposeAsync().AsTask().Within();
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task DisposeAsync_BeforeAnythingWasResolved_MakesNothing() => await _provider.DisposeAsync().AsTask().Within();

    /// <summary>The handle is made after its balancer, so it is disposed first; unless the balancer is asked for again under another type, which the container takes for another service.</summary>
    private (IBalancer Balancer, IClientHandle<int, int> Client) Resolve(bool isBalancerDisposedFirst)
    {
        var client = _provider.GetRequiredKeyedService<IClientHandle<int, int>>("billing");
        return (isBalancerDisposedFirst ? _provider.GetRequiredService<WeightedBalancer>() : _provider.GetRequiredService<IBalancer>(), client);
    }
}
