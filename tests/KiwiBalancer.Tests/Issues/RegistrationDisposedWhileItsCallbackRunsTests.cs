using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>dotnet/runtime#85523 and #90285: ConcurrencyLimiter disposed a cancellation registration under the lock that its callback takes, and deadlocked.</summary>
public sealed class RegistrationDisposedWhileItsCallbackRunsTests
{
    [Fact]
    public async Task Grant_WhileTheTokensCallbacksAreRunning_DoesNotWaitForThem()
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");
        var holder = Pending.Of(client);
        using var source = new CancellationTokenSource();
        var request = Pending.Of(client, token: source.Token);
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();

        // Registered last, so called first: the waiter's own callback stands in line behind this one, which does not end before the grant has been consumed.
        using var blocker = source.Token.UnsafeRegister(
            _ =>
            {
                entered.Set();
                release.Wait(Eventually.Watchdog);
            },
            null);
        var cancelling = Task.Run(source.Cancel);
        Assert.True(entered.Wait(Eventually.Watchdog), "The callback never ran.");

        holder.Release();
        Assert.True(request.IsHeld);
        request.Release();
        release.Set();

        await cancelling.Within();
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task GetResult_WhileTheWaitersOwnCallbackIsRunning_DoesNotWaitForIt()
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");
        var holder = Pending.Of(client);
        using var source = new CancellationTokenSource();
        var request = client.AcquireAsync(source.Token);
        var isTaken = false;

        // The host runs the continuation inside the callback, and it waits there until another thread has taken the result.
        InlineContext.OnCompletion(request, () => isTaken = Task.Run(() => Record.Exception(() => request.Result)).Wait(TimeSpan.FromSeconds(10)));
        await Task.Run(source.Cancel).Within();

        Assert.True(isTaken, "Taking the result waited for the callback that waited for the result.");
        holder.Release();
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Cancel_WhileTheOwnerIsBusy_DoesNotWaitForTheOwner()
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");
        var holder = Pending.Of(client);
        using var source = new CancellationTokenSource();
        var request = Pending.Of(client, token: source.Token);

        using (new OwnerHold(balancer))
        {
            await Task.Run(source.Cancel).Within();
            Assert.True(request.IsCancelled);
        }

        holder.Release();
        Integrity.Check(balancer);
    }
}
