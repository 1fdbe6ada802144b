using KiwiBalancer.Interleavings.Tests.Exploring;
using KiwiBalancer.Interleavings.Tests.Stages;
using static KiwiBalancer.Interleavings.Tests.Scenarios.GrantScenarios;
using static KiwiBalancer.Interleavings.Tests.Stages.World;

namespace KiwiBalancer.Interleavings.Tests.Scenarios;

/// <summary>Limits, weights and caps that change meanwhile.</summary>
internal static class ChangeScenarios
{
    public static IEnumerable<Scenario> All { get; } =
    [
        Scenario("the limit is lowered while two take", 2, 2, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            world.Add("run", () => world.Run(a));
            world.Add("limit 1", () => world.Limit(1));
            world.Add("run", () => world.Run(b));
        }),
        Scenario("a pause ends while one arrives", 3, 1, world =>
        {
            var a = world.Client("a");
            world.Limit(0);
            world.Add("limit 1", () => world.Limit(1));
            world.Add("run", () => world.Run(a));
        }),
        Scenario("the limit falls and rises while a slot is handed on", 2, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var held = world.Held(a);
            var waiting = world.Send(b);
            world.Add("release", () => world.Release(held));
            world.Add("limit 0, 1", () =>
            {
                world.Limit(0);
                world.Limit(1);
            });
            world.Add("await", () => Finish(world, waiting));
        }),
        Scenario("the limit is lowered below a wide head", 2, 2, world =>
        {
            var (a, b, c) = (world.Client("a"), world.Client("b"), world.Client("c"));
            var held = world.Held(a);
            var wide = world.Send(b, cost: 2);
            world.Add("limit 1", () => world.Limit(1));
            world.Add("run, limit 2", () =>
            {
                world.Run(c);
                world.Limit(2);
            });
            world.Add("release, await", () =>
            {
                world.Release(held);
                Finish(world, wide);
            });
        }),
        Scenario("the limit is lowered below a head that waits for its client's cap", 2, 4, world =>
        {
            var a = world.Client("a", cap: 3);
            var held = world.Held(a);
            var wide = world.Send(a, cost: 3);
            var behind = world.Send(a);
            world.Add("limit 2", () => world.Limit(2));
            world.Add("await behind", () =>
            {
                Finish(world, behind);
                world.Limit(4);
            });
            world.Add("await wide", () => Finish(world, wide));
            world.Add("release", () =>
            {
                Scheduler.Wait(() => behind.Outcome != Outcome.Open, "Await", "call");
                world.Release(held);
            });
        }),
        Scenario("a weight is set while the client's first waiter makes its backlog", 3, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var held = world.Held(a);
            world.Add("run", () => world.Run(b));
            world.Add("weight, release", () =>
            {
                world.Weight(b, 2);
                world.Release(held);
            });
        }),
        Scenario("a weight is set while two of its client's waiters arrive first", 2, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var held = world.Held(a);
            world.Add("run", () => world.Run(b));
            world.Add("run", () => world.Run(b));
            world.Add("weight, release", () =>
            {
                world.Weight(b, 2);
                world.Release(held);
            });
        }),
        Scenario("a weight is set while a slot is handed on", 2, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var held = world.Held(a);
            var (first, second) = (world.Send(a), world.Send(b));
            world.Add("release", () => world.Release(held));
            world.Add("weight", () => world.Weight(b, 9));
            world.Add("await", () =>
            {
                Scheduler.Wait(() => first.Answer.IsCompleted || second.Answer.IsCompleted, "Await", "call");
                var (sooner, later) = first.Answer.IsCompleted ? (first, second) : (second, first);
                Finish(world, sooner);
                Finish(world, later);
            });
        }),
        Scenario("a client at its cap leaves the gate to others", 2, 2, world =>
        {
            var (a, b) = (world.Client("a", cap: 1), world.Client("b"));
            var held = world.Held(a);
            world.Add("release", () => world.Release(held));
            world.Add("run", () => world.Run(a));
            world.Add("run", () => world.Run(b));
        }),
        Scenario("a take that the ledger refuses while its client waits at its cap", 2, 2, world =>
        {
            var (a, b) = (world.Client("a", cap: 1), world.Client("b"));
            var held = world.Held(b);
            world.Add("try", () =>
            {
                if (world.Try(a))
                {
                    world.GiveBack(a);
                }
            });
            world.Add("run", () => world.Run(a));
            world.Add("limit 1, 2, release", () =>
            {
                world.Limit(1);
                world.Limit(2);
                world.Release(held);
            });
        }),
        Scenario("a cap is raised while its client's waiter arrives", 2, 2, world =>
        {
            var a = world.Client("a", cap: 1);
            var held = world.Held(a);
            world.Add("cap 2", () => world.Cap(a, 2));
            world.Add("run", () => world.Run(a));
            world.Add("release after", () => world.Release(held));
        }),
        Scenario("a cap is lowered below a head while a slot comes back", 2, 3, world =>
        {
            var (a, b) = (world.Client("a", cap: 3), world.Client("b"));
            var held = world.Held(b, cost: 2);
            var wide = world.Send(a, cost: 2);
            world.Add("cap 1, 3", () =>
            {
                world.Cap(a, 1);
                world.Cap(a, 3);
            });
            world.Add("release", () => world.Release(held));
            world.Add("await", () => Finish(world, wide));
        }),
    ];
}
