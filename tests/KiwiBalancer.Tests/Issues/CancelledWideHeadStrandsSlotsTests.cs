using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>dotnet/runtime#77182: cancelling a wide head leaves free slots idle although a narrower request is queued behind it.</summary>
public sealed class CancelledWideHeadStrandsSlotsTests
{
    [Fact]
    public void Cancel_WideHeadOfTheSameClient_LetsTheNarrowOneBehindItInAtOnce()
    {
        using var balancer = new WeightedBalancer(3);
        var client = balancer.Register("a");
        var holder = Pending.Of(client, 2);
        using var source = new CancellationTokenSource();
        var wide = Pending.Of(client, 3, source.Token);
        var narrow = Pending.Of(client);
        Assert.False(narrow.IsAnswered);

        source.Cancel();

        Assert.True(wide.IsCancelled);
        Assert.True(narrow.IsHeld);
        Pending.Finish(holder, narrow);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Cancel_WideHeadThatSlotsStandReservedFor_LetsAnotherClientsNarrowOneInAtOnce()
    {
        using var balancer = new WeightedBalancer(4);
        var (wideClient, narrowClient) = (balancer.Register("wide", 1_000_000), balancer.Register("narrow"));
        var holders = Pending.Many(narrowClient, 4);
        using var source = new CancellationTokenSource();
        var wide = Pending.Of(wideClient, 4, source.Token);
        var narrow = Pending.Many(narrowClient, 100).ToList();

        // Narrow ones pass the wide head only so often; then the freed slot is kept for it.
        Eventually.True(
            () =>
            {
                var held = holders.Concat(narrow).First(request => request.IsHeld);
                held.Release();
                return balancer.GetSnapshot().InFlight < 4;
            },
            "a slot stands reserved for the wide head");
        Assert.False(wide.IsAnswered);

        source.Cancel();

        Assert.True(wide.IsCancelled);
        Assert.Equal(4, balancer.GetSnapshot().InFlight);
        Pending.Finish([.. holders, .. narrow]);
        Integrity.Check(balancer);
    }
}
