using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Backlog;

public sealed class CancellationTests
{
    [Fact]
    public void Acquire_TokenCancelledBefore_TakesNothingThoughSlotsAreFree()
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");
        using var source = new CancellationTokenSource();
        source.Cancel();

        var request = client.AcquireAsync(source.Token);

        Assert.True(request.IsCanceled);
        AssertCarries(request, source.Token);
        Assert.Equal((0, 0), (client.InFlight, client.Waiting));
        Integrity.Check(balancer);
    }

    [Fact]
    public void Cancel_WhileWaiting_LeavesAtOnceWithTheCallersToken()
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");
        var holder = Pending.Of(client);
        using var source = new CancellationTokenSource();
        var first = client.AcquireAsync(source.Token);
        var second = client.AcquireOrRejectAsync(1, source.Token);
        Assert.Equal(2, client.Waiting);

        source.Cancel();

        Assert.Equal(0, client.Waiting);
        AssertCarries(first, source.Token);
        AssertCarries(second, source.Token);
        holder.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Cancel_InTheMiddleOfTheLine_LeavesTheOrderOfTheOthers()
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");
        var holder = Pending.Of(client);
        using var source = new CancellationTokenSource();
        Pending[] line = [Pending.Of(client, token: source.Token), Pending.Of(client), Pending.Of(client, token: source.Token), Pending.Of(client), Pending.Of(client, token: source.Token)];

        source.Cancel();

        Assert.Equal([true, false, true, false, true], line.Select(request => request.IsCancelled));
        holder.Release();
        Assert.True(line[1].IsHeld);
        line[1].Release();
        Assert.True(line[3].IsHeld);
        line[3].Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Cancel_AfterTheGrant_DoesNothingToTheLease()
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");
        var holder = Pending.Of(client);
        using var source = new CancellationTokenSource();
        var request = Pending.Of(client, token: source.Token);
        holder.Release();

        source.Cancel();

        Assert.False(request.IsCancelled);
        Assert.True(request.IsHeld);
        request.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Cancel_WhileTheOwnerIsBetweenFreeingAndGranting_EndsOnceAndPassesTheSlotOn()
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");
        var holder = Pending.Of(client);
        using var source = new CancellationTokenSource();
        var (first, second) = (Pending.Of(client, token: source.Token), Pending.Of(client));

        using (new OwnerHold(balancer))
        {
            holder.Release();
            source.Cancel();
            Assert.True(first.IsCancelled);
            Assert.False(second.IsAnswered);
        }

        Assert.Throws<OperationCanceledException>(() => first.Lease);
        Assert.True(second.IsHeld);
        second.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Cancel_BetweenTheChoiceAndTheGrant_PassesTheSlotToTheNext()
    {
        var policy = new HookedPolicy();
        using var balancer = new HookedBalancer(new KiwiBalancerOptions { Limit = 1 }, policy);
        var client = balancer.Register("a");
        var holder = Pending.Of(client);
        using var source = new CancellationTokenSource();
        var (first, second) = (Pending.Of(client, token: source.Token), Pending.Of(client));
        policy.OnChosen = source.Cancel;

        holder.Release();

        Assert.True(first.IsCancelled);
        Assert.True(second.IsHeld);
        Assert.Equal((1, 0), (client.InFlight, client.Waiting));
        second.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Cancel_BeforeTheOwnerHasReadTheArrival_IsNeverPutInLine()
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");
        var holder = Pending.Of(client);
        using var source = new CancellationTokenSource();
        Pending request;
        using (new OwnerHold(balancer))
        {
            request = Pending.Of(client, token: source.Token);
            source.Cancel();
        }

        Assert.True(request.IsCancelled);
        Assert.Equal(0, client.Waiting);
        holder.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Await_TheSameTaskTwice_ThrowsAndHarmsNobody()
    {
        using var balancer = new WeightedBalancer(1);
        var (careless, innocent) = (balancer.Register("careless"), balancer.Register("innocent"));
        var holder = Pending.Of(careless);
        var request = careless.AcquireAsync();
        Assert.Throws<InvalidOperationException>(() => request.Result);
        holder.Release();
        var lease = await request;

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await request);
        var waiter = Pending.Of(innocent);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await request);

        lease.Dispose();
        Assert.True(waiter.IsHeld);
        waiter.Release();
        Integrity.Check(balancer);
    }

    private static void AssertCarries(ValueTask<SlotLease> request, CancellationToken token) =>
        Assert.Equal(token, Assert.ThrowsAny<OperationCanceledException>(() => request.Result).CancellationToken);
}
