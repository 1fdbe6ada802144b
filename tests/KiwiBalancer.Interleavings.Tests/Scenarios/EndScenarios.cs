using KiwiBalancer.Interleavings.Tests.Exploring;
using KiwiBalancer.Interleavings.Tests.Stages;
using static KiwiBalancer.Interleavings.Tests.Exploring.Stage;
using static KiwiBalancer.Interleavings.Tests.Scenarios.GrantScenarios;
using static KiwiBalancer.Interleavings.Tests.Stages.World;

namespace KiwiBalancer.Interleavings.Tests.Scenarios;

/// <summary>Clients and balancers that come and go meanwhile.</summary>
internal static class EndScenarios
{
    public static IEnumerable<Scenario> All { get; } =
    [
        Scenario("a client is closed while its last slot comes back", 3, 1, world =>
        {
            var a = world.Client("a");
            var held = world.Held(a);
            world.Add("release", () => world.Release(held));
            world.Add("end", () =>
            {
                world.End(a);
                Require(world.Free == 1, "A client has drained before its slot is free.");
            });
        }),
        Scenario("a waiter of a closed client is granted", 2, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var held = world.Held(a);
            var waiting = world.Send(b);
            world.Add("release", () => world.Release(held));
            world.Add("end", () => world.End(b));
            world.Add("await", () => Finish(world, waiting));
        }),
        Scenario("a client is closed while its first waiter arrives", 3, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var held = world.Held(a);
            world.Add("run", () => world.Run(b));
            world.Add("close, release", () =>
            {
                world.Close(b);
                world.Release(held);
            });
        }),
        Scenario("a client drains while a request of its own is refused", 2, 1, world =>
        {
            var a = world.Client("a");
            var held = world.Held(a);
            world.Add("run", () => world.Run(a));
            world.Add("close", () => world.Close(a));
            world.Add("release", () => world.Release(held));
        }),
        Scenario("a client is disposed by force while its request arrives", 3, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var held = world.Held(a);
            var hasEnded = false;
            world.Add("run", () =>
            {
                world.Run(b);
                hasEnded = true;
            });
            world.Add("dispose, then release", () =>
            {
                world.Do(b.Dispose);
                Scheduler.Wait(() => hasEnded, "Await", "call");
                world.Release(held);
            });
        }),
        Scenario("a client is disposed by force while another of its requests waits", 3, 1, world =>
        {
            var (a, b, c) = (world.Client("a"), world.Client("b"), world.Client("c"));
            var held = world.Held(a);
            var waiting = world.Send(b);
            var other = world.Send(c);
            var hasEnded = false;
            world.Add("run", () =>
            {
                world.Run(b);
                hasEnded = true;
            });
            world.Add("dispose, await, then release", () =>
            {
                world.Do(b.Dispose);
                Finish(world, waiting);
                Scheduler.Wait(() => hasEnded, "Await", "call");
                world.Release(held);
                Finish(world, other);
            });
        }),
        Scenario("a client is disposed by force while its waiter is granted", 2, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var held = world.Held(a);
            var waiting = world.Send(b);
            world.Add("release", () => world.Release(held));
            world.Add("dispose", () => world.Do(b.Dispose));
            world.Add("await", () => Finish(world, waiting));
        }),
        Scenario("two dispose one client", 3, 1, world =>
        {
            var a = world.Client("a");
            world.Add("close", () => world.Close(a));
            world.Add("close", () => world.Close(a));
        }),
        Scenario("two dispose one client while its last slot comes back", 2, 1, world =>
        {
            var a = world.Client("a");
            var held = world.Held(a);
            world.Add("end", () => world.End(a));
            world.Add("end", () => world.End(a));
            world.Add("release", () => world.Release(held));
        }),
        Scenario("a client is closed, and its name registered again", 2, 1, world =>
        {
            var a = world.Client("a");
            var held = world.Held(a);
            world.Add("close, register, run", () =>
            {
                world.Close(a);
                world.Run(world.Client("a"));
            });
            world.Add("release", () => world.Release(held));
        }),
        Scenario("a client is closed while a waiter wider than its cap arrives", 3, 4, world =>
        {
            var a = world.Client("a", cap: 2);
            world.Add("run 3", () => world.Run(a, cost: 3));
            world.Add("end", () => world.End(a));
        }),
        Scenario("a client is closed while its cap falls below its waiter", 2, 3, world =>
        {
            var (a, b) = (world.Client("a", cap: 3), world.Client("b"));
            var held = world.Held(b, cost: 2);
            var wide = world.Send(a, cost: 2);
            world.Add("end", () => world.End(a));
            world.Add("cap 1", () => world.Cap(a, 1));
            world.Add("await, release", () =>
            {
                Scheduler.Wait(() => wide.Answer.IsCompleted || a.MaxInFlight == 1 || a.IsClosed, "Await", "call");
                world.Release(held);
                Finish(world, wide);
            });
        }),
        Scenario("the balancer is disposed by force while two run", 2, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            world.Add("run", () => world.Run(a));
            world.Add("run", () => world.Run(b));
            world.Add("dispose", world.Dispose);
        }),
        Scenario("two dispose the balancer by force while one waits", 2, 1, world =>
        {
            var (a, b) = (world.Client("a"), world.Client("b"));
            var held = world.Held(a);
            var waiting = world.Send(b);
            world.Add("dispose", world.Dispose);
            world.Add("dispose", world.Dispose);
            world.Add("await, release", () =>
            {
                Require(!world.Await(waiting) && waiting.Reason == RejectionReason.BalancerClosed, $"Nothing starts in a forced shutdown: {waiting}.");
                world.Release(held);
            });
        }),
        Scenario("a forced shutdown of a wide waiter and a narrow one behind it", 2, () => new World(new RoundRobinBalancer(new KiwiBalancerOptions { Limit = 2 }, new VirtualClock())), world =>
        {
            var (a, b, c) = (world.Client("a"), world.Client("b"), world.Client("c"));
            var held = world.Held(a);
            var (wide, narrow) = (world.Send(b, cost: 2), world.Send(c));
            world.Add("dispose", world.Dispose);
            world.Add("await", () =>
            {
                Require(!world.Await(wide) && !world.Await(narrow), "Nothing starts in a forced shutdown.");
                world.Release(held);
            });
        }),
        Scenario("a client registers while the balancer is disposed by force", 3, 1, world =>
        {
            world.Add("register, run", () =>
            {
                try
                {
                    world.Run(world.Client("a"));
                }
                catch (ObjectDisposedException)
                {
                    // It came too late.
                }
            });
            world.Add("dispose", world.Dispose);
        }),
        Scenario("two register one name", 3, 1, world =>
        {
            void Register()
            {
                try
                {
                    world.Client("a");
                }
                catch (ArgumentException)
                {
                    Require(Scheduler.Unseen(() => world.Balancer.TryGetClient("a", out _)), "Refused, and nobody has the name.");
                }
            }

            world.Add("register", Register);
            world.Add("register", Register);
        }),
        Scenario("first waiters of two clients need more room", 2, 16, world =>
        {
            // Sixteen have a backlog: there is room for no more.
            var clients = Enumerable.Range(0, 18).Select(i => world.Client($"c{i}")).ToArray();
            world.Limit(0);
            var waiting = clients[..16].Select(client => world.Send(client)).ToArray();
            world.Limit(16);
            Array.ForEach(waiting, request => Finish(world, request));
            world.Requests.Clear();
            world.Limit(1);
            var held = world.Held(clients[0]);
            world.Add("run", () => world.Run(clients[16]));
            world.Add("release, run", () =>
            {
                world.Release(held);
                world.Run(clients[17]);
            });
        }),
        Scenario("a client goes while another's first waiter takes its room", 2, 1, world =>
        {
            var (a, b, c) = (world.Client("a"), world.Client("b"), world.Client("c"));
            var held = world.Held(a);
            var waiting = world.Send(b);
            world.Add("release, await, end", () =>
            {
                world.Release(held);
                Finish(world, waiting);
                world.End(b);
            });
            world.Add("run", () => world.Run(c));
        }),
    ];
}
