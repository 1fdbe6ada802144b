using KiwiBalancer.Http.Tests.Support;

namespace KiwiBalancer.Http.Tests.Issues;

/// <summary>A call after the balancer's disposal was told to add its client, which had been there all the time.</summary>
public sealed class DisposedBalancerLacksItsClientsTests
{
    [Fact]
    public async Task Call_AfterTheBalancersDisposal_IsToldThatItIsDisposed()
    {
        await using var server = await GatedServer.StartAsync(limit: 1, client => client.AddKiwiBalancer());
        var held = server.Http.GetAsync("/1");
        await server.Entered("1");

        server.Balancer.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => server.Http.GetAsync("/2").Within());
        server.Finish("1");
        Assert.True((await held.Within()).IsSuccessStatusCode);
    }
}
