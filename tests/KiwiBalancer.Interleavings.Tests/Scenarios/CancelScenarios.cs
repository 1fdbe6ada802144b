using KiwiBalancer.Interleavings.Tests.Exploring;
using KiwiBalancer.Interleavings.Tests.Stages;
using static KiwiBalancer.Interleavings.Tests.Exploring.Stage;
using static KiwiBalancer.Interleavings.Tests.Scenarios.GrantScenarios;
using static KiwiBalancer.Interleavings.Tests.Stages.World;

namespace KiwiBalancer.Interleavings.Tests.Scenarios;

/// <summary>Cancellation and queue timeouts.</summary>
internal static class CancelScenarios
{
    private static readonly KiwiBalancerOptions TenMilliseconds = new() { Limit = 1, QueueTimeout = TimeSpan.FromMilliseconds(10) };

    public static IEnumerable<Scenario> All { get; } =
    [
        Scenario("a cancellation meets the grant", 2, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var source = new CancellationTokenSource();
            var held = world.Held(a);
            var waiting = world.Send(b, token: source.Token);
            world.Add("release", () => world.Release(held));
            world.Add("cancel", () => world.Cancel(source));
            world.Add("await", () => Finish(world, waiting));
        }),
        Scenario("a waiter whose token never fires is granted", 3, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var held = world.Held(a);
            var source = new CancellationTokenSource();
            world.Add("release", () => world.Release(held));
            world.Add("run", () => world.Run(b, token: source.Token));
        }),
        Scenario("a cancellation meets the arrival", 3, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var source = new CancellationTokenSource();
            var held = world.Held(a);
            world.Add("run", () => world.Run(b, token: source.Token));
            world.Add("cancel, release", () =>
            {
                world.Cancel(source);
                world.Release(held);
            });
        }),
        Scenario("a cancelled waiter is used again at once", 3, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var source = new CancellationTokenSource();
            var held = world.Held(a);
            world.Add("run, run", () =>
            {
                world.Run(b, token: source.Token);
                world.Run(b);
            });
            world.Add("cancel, release", () =>
            {
                world.Cancel(source);
                world.Release(held);
            });
        }),
        Scenario("a wide head is cancelled while narrow ones wait behind it", 2, 2, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var source = new CancellationTokenSource();
            var held = world.Held(a);
            var wide = world.Send(b, cost: 2, token: source.Token);
            var behind = world.Send(b);
            world.Add("cancel", () => world.Cancel(source));
            world.Add("await behind", () => Finish(world, behind));
            world.Add("await wide, release", () =>
            {
                Finish(world, wide);
                world.Release(held);
            });
        }),
        Scenario("the last waiter of a closed client is cancelled", 2, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var source = new CancellationTokenSource();
            var held = world.Held(a);
            var waiting = world.Send(b, token: source.Token);
            world.Add("cancel, await", () =>
            {
                world.Cancel(source);
                Finish(world, waiting);
            });
            world.Add("end", () => world.End(b));
            world.Add("release", () => world.Release(held));
        }),
        Scenario("two waiters of one client are cancelled by one token while a slot comes free", 3, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var source = new CancellationTokenSource();
            var held = world.Held(a);
            var (first, second) = (world.Send(b, token: source.Token), world.Send(b, token: source.Token));
            world.Add("cancel", () => world.Cancel(source));
            world.Add("release, await", () =>
            {
                world.Release(held);
                Finish(world, first);
                Finish(world, second);
            });
        }),
        Scenario("a timeout meets the grant", 2, () => new World(TenMilliseconds), world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var held = world.Held(a);
            var waiting = world.Send(b);
            world.Add("timer", () => world.Advance(10));
            world.Add("release", () => world.Release(held));
            world.Add("await", () => Finish(world, waiting));
        }),
        Scenario("a timeout meets the cancellation", 2, () => new World(TenMilliseconds), world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var source = new CancellationTokenSource();
            var held = world.Held(a);
            var waiting = world.Send(b, token: source.Token);
            world.Add("timer, release", () =>
            {
                world.Advance(10);
                world.Release(held);
            });
            world.Add("cancel", () => world.Cancel(source));
            world.Add("await", () => Finish(world, waiting));
        }),
        Scenario("an arrival while the timer is set for another's", 3, () => new World(TenMilliseconds), world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var held = world.Held(a);
            var first = world.Send(a);
            var isTimed = false;
            world.Add("timer twice", () =>
            {
                world.Advance(10);
                world.Advance(10);
                isTimed = true;
            });
            world.Add("send, timer, await, release", () =>
            {
                var second = world.Send(b);
                world.Advance(10);

                // Set in the other's last instant, the timer rings a millisecond later: time goes on.
                Scheduler.Wait(() => isTimed, "Await", "timers");
                world.Advance(1);
                Require(!world.Await(second), "Its timeout has come, and the slot was held.");
                Finish(world, first);
                world.Release(held);
            });
        }),
        Scenario("an arrival at a full queue meets a release", 2, () => new World(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 1 }), world =>
        {
            var (a, b, c) = (world.Client("a"), world.Client("b"), world.Client("c"));
            var held = world.Held(a);
            world.Add("release", () => world.Release(held));
            world.Add("run", () => world.Run(b));
            world.Add("run", () => world.Run(c));
        }),
        Scenario("arrivals fill the queue", 2, () => new World(new KiwiBalancerOptions { Limit = 1, MaxQueueLength = 2 }), world =>
        {
            var (a, b, c) = (world.Client("a"), world.Client("b"), world.Client("c"));
            var held = world.Held(a);
            var waiting = world.Send(b);
            world.Add("run", () => world.Run(c));
            world.Add("run", () => world.Run(b));
            world.Add("await, release", () =>
            {
                world.Release(held);
                Finish(world, waiting);
            });
        }),
    ];
}
