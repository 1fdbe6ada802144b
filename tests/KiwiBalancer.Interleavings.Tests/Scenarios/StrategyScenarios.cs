using KiwiBalancer.Interleavings.Tests.Exploring;
using KiwiBalancer.Interleavings.Tests.Stages;
using static KiwiBalancer.Interleavings.Tests.Exploring.Stage;
using static KiwiBalancer.Interleavings.Tests.Stages.World;

namespace KiwiBalancer.Interleavings.Tests.Scenarios;

/// <summary>The other strategies, and leases.</summary>
internal static class StrategyScenarios
{
    public static IEnumerable<Scenario> All { get; } =
    [
        Scenario("round robin: a release meets two arrivals", 2, () => new World(new RoundRobinBalancer(new KiwiBalancerOptions { Limit = 1 }, new VirtualClock())), world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var held = world.Held(a);
            world.Add("release, run", () =>
            {
                world.Release(held);
                world.Run(a);
            });
            world.Add("run", () => world.Run(a));
            world.Add("run", () => world.Run(b));
        }),
        Scenario("single client: two clients take turns", 3, () => new World(new SingleClientBalancer(new KiwiBalancerOptions { Limit = 2 }, new VirtualClock())), world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            world.Add("run", () => world.Run(a));
            world.Add("run", () => world.Run(b));
        }),
        Scenario("single client: the holder of the turn is closed", 2, () => new World(new SingleClientBalancer(new KiwiBalancerOptions { Limit = 1, IdleGrace = TimeSpan.FromSeconds(1) }, new VirtualClock())), world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var first = world.Send(a);
            world.Await(first);
            world.Add("release", () => world.Release(first));
            world.Add("close", () => world.Close(a));
            world.Add("run", () => world.Run(b));
        }),
        Scenario("batch: one arrives while a batch ends", 3, () => new World(new BatchBalancer(new KiwiBalancerOptions { Limit = 1 }, new VirtualClock())), world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var first = world.Send(a);
            world.Await(first);
            world.Add("release", () => world.Release(first));
            world.Add("run", () => world.Run(b));
        }),
        Scenario("a lease is disposed by two at once while one waits", 2, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            SlotLease lease = default;
            world.Do(() => Require(a.TryAcquire(out lease), "The stage is not set as it should be."));
            world.Add("dispose", () => world.Do(() => lease.Dispose()));
            world.Add("dispose", () => world.Do(() => lease.Dispose()));
            world.Add("run", () => world.Run(b));
        }),
        Scenario("a lease's cell is used again while its copy is disposed", 3, 1, world =>
        {
            var a = world.Client("a");
            SlotLease lease = default;
            world.Do(() => Require(a.TryAcquire(out lease), "The stage is not set as it should be."));
            world.Add("dispose, acquire, dispose", () =>
            {
                world.Do(() => lease.Dispose());
                SlotLease second = default;
                var isTaken = false;
                world.Do(() => isTaken = a.TryAcquire(out second));
                Require(!isTaken || second.IsHeld, "A stale copy has given back another's lease.");
                world.Do(() => second.Dispose());
            });
            world.Add("dispose", () => world.Do(() => lease.Dispose()));
        }),
    ];
}
