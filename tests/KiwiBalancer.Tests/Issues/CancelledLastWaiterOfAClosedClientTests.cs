using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>The cancellation of a closed client's last waiter said that the client had gone before it said that the waiter had: the owner gave up the client's places while it still stood in line.</summary>
public sealed class CancelledLastWaiterOfAClosedClientTests
{
    [Fact]
    public async Task Cancel_LastWaiterOfAClosedClient_IsUnlinkedBeforeTheClientIsForgotten()
    {
        await using var balancer = new WeightedBalancer(1);
        var (other, closing) = (balancer.Register("other"), balancer.Register("closing"));
        var holder = Pending.Of(other);
        using var source = new CancellationTokenSource();
        var request = Pending.Of(closing, token: source.Token);
        var closed = closing.DisposeAsync();

        source.Cancel();

        Assert.True(request.IsCancelled);
        await closed.Within();
        holder.Release();
        Integrity.Check(balancer);
    }
}
