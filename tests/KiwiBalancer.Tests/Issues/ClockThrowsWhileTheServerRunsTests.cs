using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>A clock of the host's that threw when the request was noted as running gave its slot back while the server still ran: one more than the limit could run.</summary>
public sealed class ClockThrowsWhileTheServerRunsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_ClockThrowsAfterTheServerStarted_HoldsTheSlotToTheEnd(bool isCancellable)
    {
        var clock = new MoodyClock();
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1 }, clock);
        using var source = new CancellationTokenSource();
        var gate = new TaskCompletionSource<int>();
        var client = balancer.Register("a").For<int, int>((_, _) =>
        {
            clock.IsBroken = true;
            return new ValueTask<int>(gate.Task);
        });

        var sending = client.SendAsync(1, isCancellable ? source.Token : default).AsTask();

        Assert.False(sending.IsCompleted);
        Assert.Equal(1, client.InFlight);
        gate.SetResult(7);
        Assert.Equal(7, await sending.Within());
        Integrity.Check(balancer);
    }

    private sealed class MoodyClock : TimeProvider
    {
        public bool IsBroken { get; set; }

        public override long GetTimestamp() => IsBroken ? throw new InvalidOperationException("The clock is broken.") : 0;
    }
}
