using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Backlog;

/// <summary>At the total bound the victim is the client with the largest backlog per weight, the arrival counted in.</summary>
public sealed class OverflowVictimTests
{
    [Theory]
    [InlineData(OverflowPolicy.RejectNewest, 9)]
    [InlineData(OverflowPolicy.RejectOldest, 0)]
    public void Acquire_QuietClientAtTheTotalBound_PushesOutTheNoisyOne(OverflowPolicy policy, int victim)
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 10, OverflowPolicy = policy });
        var (noisy, quiet) = (balancer.Register("noisy"), balancer.Register("quiet"));
        var holder = Pending.Of(noisy);
        var noise = Pending.Many(noisy, 10);

        var request = Pending.Of(quiet);

        Assert.False(request.IsAnswered);
        Assert.Equal((9, 1), (noisy.Waiting, quiet.Waiting));
        Assert.Equal(RejectionReason.QueueFull, noise[victim].Reason);
        Assert.Equal("noisy", noise[victim].Lease.Rejection!.Client);
        Pending.Finish([holder, request, .. noise]);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Acquire_NoisyClientAtTheTotalBound_LosesItsOwn()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 10 });
        var (noisy, quiet) = (balancer.Register("noisy"), balancer.Register("quiet"));
        var holder = Pending.Of(noisy);
        var calm = Pending.Many(quiet, 2);
        var noise = Pending.Many(noisy, 100);

        Assert.All(calm, request => Assert.False(request.IsAnswered));
        Assert.Equal(8, noise.Count(request => !request.IsAnswered));
        Pending.Finish([holder, .. calm, .. noise]);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Acquire_TieAtTheTotalBound_RejectsTheArrivingClients()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 5 });
        var (first, second) = (balancer.Register("first"), balancer.Register("second"));
        var holder = Pending.Of(first);
        var firsts = Pending.Many(first, 3);
        var seconds = Pending.Many(second, 2);

        // Three against three, the arrival counted in: nobody else is disturbed.
        var arriving = Pending.Of(second);

        Assert.Equal(RejectionReason.QueueFull, arriving.Reason);
        Assert.Equal((3, 2), (first.Waiting, second.Waiting));
        Pending.Finish([holder, .. firsts, .. seconds]);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Acquire_HeavierClient_MayHaveMoreWaiting()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 12 });
        var (light, heavy) = (balancer.Register("light"), balancer.Register("heavy", 3));
        var holder = Pending.Of(light);
        var lights = Pending.Many(light, 12);

        var heavies = Pending.Many(heavy, 20);

        // 3 of the light to 9 of the heavy is the tie that the arriving, heavy, client loses.
        Assert.Equal((3, 9), (light.Waiting, heavy.Waiting));
        Pending.Finish([holder, .. lights, .. heavies]);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Acquire_AfterTheLargestBacklogHasBeenServed_FindsTheLargestOfNow()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 6 });
        var (was, now, arriving) = (balancer.Register("was"), balancer.Register("now"), balancer.Register("arriving"));
        var holder = Pending.Of(was);
        var old = Pending.Many(was, 6);
        Pending.Finish([holder, .. old]);
        holder = Pending.Of(was);
        var ofWas = Pending.Many(was, 2);
        var ofNow = Pending.Many(now, 4);

        var request = Pending.Of(arriving);

        Assert.False(request.IsAnswered);
        Assert.Equal((2, 3), (was.Waiting, now.Waiting));
        Pending.Finish([holder, request, .. ofWas, .. ofNow]);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Acquire_WhoHadTheLargestBacklogHasNoneNow_FindsTheLargestOfNow()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 6 });
        var (was, now, arriving) = (balancer.Register("was"), balancer.Register("now"), balancer.Register("arriving"));
        Pending.Finish(Pending.Many(was, 7));
        var holder = Pending.Of(arriving);
        var ofNow = Pending.Many(now, 6);

        var request = Pending.Of(arriving);

        Assert.False(request.IsAnswered);
        Assert.Equal((0, 5, 1), (was.Waiting, now.Waiting, arriving.Waiting));
        Pending.Finish([holder, request, .. ofNow]);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Acquire_ExactlyAtItsOwnBoundAndAboveThatOfAll_PushesOutTheLargest()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 3 });
        var (noisy, quiet) = (balancer.Register("noisy"), balancer.Register(new BalancerClientOptions { Name = "quiet", MaxQueueLength = 1 }));
        var holder = Pending.Of(noisy);
        var noise = Pending.Many(noisy, 3);

        var request = Pending.Of(quiet);

        Assert.False(request.IsAnswered);
        Assert.Equal((2, 1), (noisy.Waiting, quiet.Waiting));
        Pending.Finish([holder, request, .. noise]);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Weight_ChangedWhileWaiting_ChangesWhoLoses()
    {
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 6 });
        var (first, second, third) = (balancer.Register("first", 4), balancer.Register("second"), balancer.Register("third"));
        var holder = Pending.Of(third);
        var firsts = Pending.Many(first, 3);
        var seconds = Pending.Many(second, 3);

        (first.Weight, second.Weight) = (1, 4);
        var request = Pending.Of(third);

        Assert.False(request.IsAnswered);
        Assert.Equal((2, 3), (first.Waiting, second.Waiting));
        Pending.Finish([holder, request, .. firsts, .. seconds]);
        Integrity.Check(balancer);
    }
}
