using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Balancing;

/// <summary>In order: a client's requests are granted in the order it sent them, and nobody new passes those who wait.</summary>
public sealed class OrderTests
{
    [Fact]
    public void Acquire_ManyOfOneClient_AreGrantedInTheOrderTheyWereSent()
    {
        using var balancer = new WeightedBalancer(3);
        var (client, other) = (balancer.Register("a"), balancer.Register("b"));
        var noise = Pending.Many(other, 50);
        var requests = Enumerable.Range(0, 50).Select(i => Pending.Of(client, 1 + (i % 3))).ToArray();

        var granted = new List<int>();
        Eventually.True(
            () =>
            {
                noise.FirstOrDefault(request => request.IsHeld)?.Release();
                for (var i = 0; i < requests.Length; i++)
                {
                    if (requests[i].IsHeld)
                    {
                        granted.Add(i);
                        requests[i].Release();
                        break;
                    }
                }

                return granted.Count == requests.Length && noise.All(request => request.IsAnswered && !request.IsHeld);
            },
            "everything is served");

        Assert.Equal(Enumerable.Range(0, 50), granted);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Acquire_NewcomerWhileOthersWait_StandsBehindThem()
    {
        using var balancer = new WeightedBalancer(1);
        var (first, second) = (balancer.Register("first"), balancer.Register("second"));
        var holder = Pending.Of(first);
        var waiter = Pending.Of(first);

        using (new OwnerHold(balancer))
        {
            // The slot is free now, the gate shut, and nobody there to grant.
            holder.Release();
            Assert.False(second.TryAcquire(out _));
        }

        var newcomer = Pending.Of(second);
        Assert.True(waiter.IsHeld);
        Assert.False(newcomer.IsAnswered);
        Pending.Finish(waiter, newcomer);
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Acquire_OneSenderWhileOthersRace_IsGrantedInOrder()
    {
        const int Requests = 30_000;
        using var balancer = new WeightedBalancer(1);
        var (orderly, racing) = (balancer.Register("orderly"), balancer.Register("racing"));
        var isDone = false;
        var racers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!Volatile.Read(ref isDone))
            {
                (await racing.AcquireAsync()).Dispose();
            }
        })).ToArray();

        // With one slot the next is granted only after the one before was answered and has released: of a window of requests, those answered are a beginning.
        var outOfOrder = 0;
        var window = new Queue<Pending>();
        for (var sent = 0; sent < Requests || window.Count > 0;)
        {
            while (sent < Requests && window.Count < 8)
            {
                window.Enqueue(Pending.Of(orderly));
                sent++;
            }

            // Looked at from the back: one that is held while an earlier one, looked at later, still is not, was granted before its turn.
            var requests = window.ToArray();
            var isLaterHeld = false;
            for (var i = requests.Length - 1; i >= 0; i--)
            {
                var isHeld = requests[i].IsAnswered;
                outOfOrder += isLaterHeld && !isHeld ? 1 : 0;
                isLaterHeld |= isHeld;
            }

            if (window.Peek().IsAnswered)
            {
                window.Dequeue().Release();
            }
        }

        Volatile.Write(ref isDone, true);
        await Task.WhenAll(racers).Within();
        Assert.Equal(0, outOfOrder);
        Integrity.Check(balancer);
    }
}
