using KiwiBalancer.Interleavings.Tests.Exploring;
using KiwiBalancer.Interleavings.Tests.Stages;
using static KiwiBalancer.Interleavings.Tests.Stages.World;

namespace KiwiBalancer.Interleavings.Tests.Scenarios;

/// <summary>Acquire, release and TryAcquire, at the door and behind it.</summary>
internal static class GrantScenarios
{
    public static IEnumerable<Scenario> All { get; } =
    [
        Scenario("two run on one slot", 3, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            world.Add("run", () => world.Run(a));
            world.Add("run", () => world.Run(b));
        }),
        Scenario("three run on one slot", 2, 1, world =>
        {
            var (a, b, c) = (world.Client("a"), world.Client("b"), world.Client("c"));
            world.Add("run", () => world.Run(a));
            world.Add("run", () => world.Run(b));
            world.Add("run", () => world.Run(c));
        }),
        Scenario("a release meets an arrival", 3, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var held = world.Held(a);
            world.Add("release", () => world.Release(held));
            world.Add("run", () => world.Run(b));
        }),
        Scenario("a release meets an arrival of a client that has waited before", 3, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var before = world.Held(a);
            var waited = world.Send(b);
            world.Release(before);
            Finish(world, waited);
            var held = world.Held(a);
            world.Add("release", () => world.Release(held));
            world.Add("run", () => world.Run(b));
        }),
        Scenario("a release, and the client it came from sends again, while another waits", 3, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var held = world.Held(a);
            world.Add("release, run", () =>
            {
                world.Release(held);
                world.Run(a);
            });
            world.Add("run", () => world.Run(b));
        }),
        Scenario("two releases meet a wide arrival", 2, 2, world =>
        {
            var (a, b, c) = (world.Client("a"), world.Client("b"), world.Client("c"));
            var (first, second) = (world.Held(a), world.Held(b));
            world.Add("release", () => world.Release(first));
            world.Add("release", () => world.Release(second));
            world.Add("run 2", () => world.Run(c, cost: 2));
        }),
        Scenario("one client sends twice while its slot comes back", 3, 1, world =>
        {
            var a = world.Client("a");
            var held = world.Held(a);
            world.Add("release", () => world.Release(held));
            world.Add("send, send", () =>
            {
                var (first, second) = (world.Send(a), world.Send(a));
                world.Await(first);
                world.Release(first);
                world.Await(second);
                world.Release(second);
            });
        }),
        Scenario("one client at its cap sends twice while its slot comes back", 3, 2, world =>
        {
            var a = world.Client("a", cap: 1);
            var held = world.Held(a);
            world.Add("release", () => world.Release(held));
            world.Add("send, send", () =>
            {
                var (first, second) = (world.Send(a), world.Send(a));
                if (second.Outcome == Outcome.Held)
                {
                    world.Release(second);
                }

                Finish(world, first);
                Finish(world, second);
            });
        }),
        Scenario("two slots of one client come back while another waits for both", 2, 2, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var (first, second, earlier) = (world.Held(a), world.Held(a), world.Send(a));
            var wide = world.Send(b, cost: 2);
            world.Add("release", () => world.Release(first));
            world.Add("release, await", () =>
            {
                world.Release(second);
                Finish(world, earlier);
            });
            world.Add("await", () => Finish(world, wide));
        }),
        Scenario("two slots of one client come back while a third thread owns", 2, 2, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var (first, second, earlier) = (world.Held(a), world.Held(a), world.Send(a));
            var wide = world.Send(b, cost: 2);
            world.Add("weight, await", () =>
            {
                world.Weight(b, 2);
                Finish(world, wide);
            });
            world.Add("release", () => world.Release(first));
            world.Add("release, await", () =>
            {
                world.Release(second);
                Finish(world, earlier);
            });
        }),
        Scenario("two threads of one client send while another's slot comes back", 2, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var held = world.Held(b);
            world.Add("release", () => world.Release(held));
            world.Add("run", () => world.Run(a));
            world.Add("run", () => world.Run(a));
        }),
        Scenario("TryAcquire meets a release while one waits", 2, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var held = world.Held(a);
            var waiting = world.Send(b);
            world.Add("release", () => world.Release(held));
            world.Add("try", () => TryOnce(world, a));
            world.Add("await", () => Finish(world, waiting));
        }),
        Scenario("TryAcquire meets an arrival and a release", 2, 2, world =>
        {
            var (a, b, c) = (world.Client("a"), world.Client("b"), world.Client("c"));
            var held = world.Held(a);
            world.Add("release", () => world.Release(held));
            world.Add("try", () => TryOnce(world, b));
            world.Add("run 2", () => world.Run(c, cost: 2));
        }),
        Scenario("TryAcquire beside a waiter too wide for the limit", 3, 2, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var held = world.Held(a);
            var wide = world.Send(b, cost: 2);
            world.Limit(1);
            world.Add("try", () => TryOnce(world, b));
            world.Add("release, limit 2", () =>
            {
                world.Release(held);
                world.Limit(2);
                Finish(world, wide);
            });
        }),
        Scenario("a wide head is passed by narrow ones", 2, 2, world =>
        {
            var (a, b, c) = (world.Client("a"), world.Client("b"), world.Client("c"));
            var held = world.Held(a);
            var wide = world.Send(b, cost: 2);
            world.Add("release", () => world.Release(held));
            world.Add("run", () => world.Run(c));
            world.Add("await", () => Finish(world, wide));
        }),
    ];

    public static void Finish(World world, Request request)
    {
        if (world.Await(request))
        {
            world.Release(request);
        }
    }

    private static void TryOnce(World world, Clients.ClientHandle client)
    {
        if (world.Try(client))
        {
            world.GiveBack(client);
        }
    }
}
