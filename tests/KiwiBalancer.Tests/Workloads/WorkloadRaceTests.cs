using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Workloads;

/// <summary>Workloads that are read to their end, left, cancelled and that fail, at any moment and many at once.</summary>
public sealed class WorkloadRaceTests : IDisposable
{
    private const int Limit = 8;

    private readonly WeightedBalancer _balancer = new(Limit);
    private int _running;

    public void Dispose() => _balancer.Dispose();

    [Fact]
    public async Task SendAll_ManyAtOnceLeftAndCancelledAtAnyMoment_GiveEverySlotBack()
    {
        var clients = Enumerable.Range(0, 4).Select(i => _balancer.Register($"c{i}", i + 1).For<int, int>(Process)).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(() => Play(clients, new Random(seed))))).Within();

        Assert.Equal(0, _running);
        Integrity.Check(_balancer);
    }

    private static async Task Play(IClientHandle<int, int>[] clients, Random random)
    {
        for (var round = 0; round < 150; round++)
        {
            using var cancel = new CancellationTokenSource();
            var options = new SendAllOptions { MaxOutstanding = random.Next(1, 20), ContinueOnError = random.Next(2) == 0 };
            var stopAt = random.Next(0, 80);
            var leaves = random.Next(2) == 0;
            var workload = new WatchedWorkload(random.Next(0, 100));
            var seen = new HashSet<int>();
            try
            {
                await foreach (var result in clients[random.Next(4)].SendAllAsync(workload, options, cancel.Token))
                {
                    Assert.True(seen.Add(result.Request), "A result came twice.");
                    if (seen.Count == stopAt)
                    {
                        if (leaves)
                        {
                            break;
                        }

                        cancel.Cancel();
                    }
                }

                Assert.True(seen.Count == workload.Count || (leaves && seen.Count == stopAt), "A truncated workload looked complete.");
            }
            catch (OperationCanceledException exception)
            {
                Assert.Equal(cancel.Token, exception.CancellationToken);
            }
            catch (InvalidOperationException) when (!options.ContinueOnError)
            {
                // One in fifty.
            }

            Assert.Equal(workload.Enumerations, workload.Disposals);
        }
    }

    private async ValueTask<int> Process(int request, CancellationToken token)
    {
        Assert.InRange(Interlocked.Increment(ref _running), 1, Limit);
        for (var i = 0; i < request % 3; i++)
        {
            await Task.Yield();
        }

        Interlocked.Decrement(ref _running);
        token.ThrowIfCancellationRequested();
        return request % 50 == 49 ? throw new InvalidOperationException("one in fifty") : request;
    }
}
