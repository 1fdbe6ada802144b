using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Backlog;

/// <summary>Overload at the total bound, on a virtual clock: a noisy client sends 1,000 requests a duration, a quiet one of the same weight the 5 it is owed.</summary>
public sealed class NoisyNeighbourTests
{
    private const int StepsPerDuration = 1_000;
    private const int Durations = 20;

    [Theory]
    [InlineData(OverflowPolicy.RejectNewest)]
    [InlineData(OverflowPolicy.RejectOldest)]
    public void Overload_QuietClientBesideANoisyOne_KeepsItsShareAndLosesNothing(OverflowPolicy policy)
    {
        var clock = new FakeTimeProvider();
        using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 10, MaxQueueLength = 100, OverflowPolicy = policy }, clock);
        var (quiet, noisy) = (balancer.Register("quiet"), balancer.Register("noisy"));
        var running = new Queue<(Pending Request, int EndsAt)>();
        var waiting = new LinkedList<Pending>();
        var (quietSlotSteps, measured, lost, rejected) = (0L, 0, 0, 0);

        for (var step = 0; step < Durations * StepsPerDuration; step++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            while (running.TryPeek(out var oldest) && oldest.EndsAt <= step)
            {
                running.Dequeue().Request.Release();
            }

            waiting.AddLast(Pending.Of(noisy));
            if (step % (StepsPerDuration / 5) == 0)
            {
                var request = Pending.Of(quiet);
                waiting.AddLast(request);
            }

            for (var node = waiting.First; node is not null;)
            {
                var (next, request) = (node.Next, node.Value);
                if (request.IsAnswered)
                {
                    waiting.Remove(node);
                    if (request.Lease.Rejection is { } rejection)
                    {
                        (lost, rejected) = rejection.Client == "quiet" ? (lost + 1, rejected) : (lost, rejected + 1);
                    }
                    else
                    {
                        running.Enqueue((request, step + StepsPerDuration));
                    }
                }

                node = next;
            }

            Assert.InRange(balancer.GetSnapshot().Waiting, 0, 100);
            if (step >= 5 * StepsPerDuration)
            {
                measured++;
                quietSlotSteps += quiet.InFlight;
            }
        }

        Assert.Equal(0, lost);
        Assert.InRange((double)quietSlotSteps / measured, 4.8, 5.2);
        Assert.InRange(rejected, (Durations - 1) * (StepsPerDuration - 10), Durations * StepsPerDuration);
        Pending.Finish([.. running.Select(entry => entry.Request), .. waiting]);
        Integrity.Check(balancer);
    }
}
