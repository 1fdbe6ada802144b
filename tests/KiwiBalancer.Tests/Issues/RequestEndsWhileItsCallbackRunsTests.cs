using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>A request that ended while a callback on its token was still running blocked its thread, slot in hand, until that callback was over; for ever, if the callback waited for the request.</summary>
public sealed class RequestEndsWhileItsCallbackRunsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_CallbackOfTheServerWaitsForTheRequest_TheRequestEnds(bool isShutdown)
    {
        using var balancer = new WeightedBalancer(1);
        using var source = new CancellationTokenSource();
        using var entered = new ManualResetEventSlim();
        using var ended = new ManualResetEventSlim();
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var client = balancer.Register("a").For<int, int>((_, token) =>
        {
            token.UnsafeRegister(
                _ =>
                {
                    entered.Set();
                    Assert.True(ended.Wait(Eventually.Watchdog), "The request has not ended.");
                },
                null);
            return new ValueTask<int>(gate.Task);
        });
        var sending = client.SendAsync(1, source.Token).AsTask();

        var cancelling = Task.Run(isShutdown ? client.Dispose : source.Cancel);
        Assert.True(entered.Wait(Eventually.Watchdog), "The callback never ran.");
        gate.SetResult(7);

        // A third of the watchdog of the callback, so that it is this that fails.
        Assert.Equal(7, await sending.WaitAsync(Eventually.Watchdog / 3));
        Assert.Equal(0, client.InFlight);
        ended.Set();
        await cancelling.Within();
        Integrity.Check(balancer);
    }
}
