using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Strategies;

/// <summary>"One client at a time has the whole server, others wait in order of arrival."</summary>
public sealed class SingleClientBalancerTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Acquiring_SeveralClients_ServesOneAtATimeInOrderOfArrival()
    {
        using var balancer = new SingleClientBalancer(4);
        var (a, b, c) = (balancer.Register("a"), balancer.Register("b"), balancer.Register("c"));
        var first = new[] { a.AcquireAsync(), a.AcquireAsync() };
        var third = c.AcquireAsync();
        var second = b.AcquireAsync();

        Assert.Equal((2, 0, 0), (a.InFlight, b.InFlight, c.InFlight));
        first[0].Granted().Dispose();
        Assert.Equal((1, 0, 0), (a.InFlight, b.InFlight, c.InFlight));
        first[1].Granted().Dispose();

        Assert.Equal((0, 0, 1), (a.InFlight, b.InFlight, c.InFlight));
        third.Granted().Dispose();
        Assert.Equal((0, 1, 0), (a.InFlight, b.InFlight, c.InFlight));
        second.Granted().Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Idling_WithinTheGrace_KeepsTheTurn()
    {
        using var balancer = Make(o => o.IdleGrace = TimeSpan.FromSeconds(1));
        var (a, b) = (balancer.Register("a"), balancer.Register("b"));
        a.Take().Dispose();
        var waiting = b.AcquireAsync();
        _clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(waiting.IsCompleted);

        var again = a.Take();
        again.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.15));

        waiting.Granted().Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Sending_WithoutEnd_LosesTheTurnAfterMaxRequestsPerTurn()
    {
        using var balancer = Make(o => o.MaxRequestsPerTurn = 3);
        var order = new GrantOrder();
        order.Send(balancer.Register("a"), 8);
        order.Send(balancer.Register("b"), 4);
        order.Look();

        order.ReleaseAllWatching();

        Assert.Equal("aaabbbaaabaa", order.Seen);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Disposing_TheClientWhoseTurnItIs_EndsItsTurnWhenNothingIsLeft()
    {
        using var balancer = Make(o => o.IdleGrace = TimeSpan.FromHours(1));
        var (a, b) = (balancer.Register("a"), balancer.Register("b"));
        var held = a.Take();
        var waiting = b.AcquireAsync();

        a.Dispose();
        Assert.False(waiting.IsCompleted);
        held.Dispose();

        waiting.Granted().Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Disposing_AnIdleClientWhoseTurnItIs_EndsItsTurnAtOnce()
    {
        using var balancer = Make(o => o.IdleGrace = TimeSpan.FromHours(1));
        var (a, b) = (balancer.Register("a"), balancer.Register("b"));
        a.Take().Dispose();
        var waiting = b.AcquireAsync();
        Assert.False(waiting.IsCompleted);

        a.Dispose();

        waiting.Granted().Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Cancelling_TheWaiterWhoseTurnIsNext_LetsTheOneBehindItThrough()
    {
        using var balancer = new SingleClientBalancer(2);
        var held = balancer.Register("a").Take();
        using var cancel = new CancellationTokenSource();
        var cancelled = balancer.Register("b").AcquireAsync(cancel.Token);
        var last = balancer.Register("c").AcquireAsync(2);

        cancel.Cancel();
        held.Dispose();

        Assert.True(cancelled.IsCanceled);
        last.Granted().Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public void Pausing_AndLoweringTheLimit_KeepsTheOrder()
    {
        using var balancer = Make(_ => { });
        var order = new GrantOrder();
        balancer.Limit = 0;
        order.Send(balancer.Register("a"), 2);
        order.Send(balancer.Register("b"), 2);
        balancer.Limit = 1;
        balancer.Limit = 0;
        balancer.Limit = 1;
        order.Look();

        order.ReleaseAllWatching();

        Assert.Equal("aabb", order.Seen);
        Integrity.Check(balancer);
    }

    private SingleClientBalancer Make(Action<KiwiBalancerOptions> configure)
    {
        var options = new KiwiBalancerOptions { Limit = 4 };
        configure(options);
        return new SingleClientBalancer(options, _clock);
    }
}
