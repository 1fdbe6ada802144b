using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Issues;

/// <summary>First in, first out gives a quiet client 1.8 % beside a noisy one (10 callers against 500); of equal weight, each is owed half.</summary>
public sealed class QuietClientBesideNoisyOneTests
{
    [Fact]
    public void Acquire_TenCallersAgainstFiveHundred_GetHalfOfTheGrants()
    {
        using var balancer = new WeightedBalancer(8);
        var (quiet, noisy) = (balancer.Register("quiet"), balancer.Register("noisy"));
        var running = new Queue<(IClientHandle Client, Pending Request)>();
        var waiting = new List<(IClientHandle Client, Pending Request)>();
        void Call(IClientHandle client) => waiting.Add((client, Pending.Of(client)));
        void Start()
        {
            foreach (var started in waiting.Where(request => request.Request.IsHeld).ToArray())
            {
                waiting.Remove(started);
                running.Enqueue(started);
            }
        }

        for (var i = 0; i < 500; i++)
        {
            Call(noisy);
        }

        for (var i = 0; i < 10; i++)
        {
            Call(quiet);
        }

        // Each caller calls again when its request has ended; requests end in the order they were granted.
        var granted = new Dictionary<IClientHandle, int> { [quiet] = 0, [noisy] = 0 };
        for (var i = 0; i < 2_000; i++)
        {
            Start();
            Assert.Equal(8, running.Count);
            var (client, request) = running.Dequeue();
            request.Release();
            granted[client]++;
            Call(client);
        }

        Assert.InRange(granted[quiet], 980, 1_020);
        Start();
        Pending.Finish([.. running.Select(entry => entry.Request), .. waiting.Select(entry => entry.Request)]);
        Integrity.Check(balancer);
    }
}
