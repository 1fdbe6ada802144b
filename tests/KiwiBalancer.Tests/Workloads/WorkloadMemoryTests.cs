using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Workloads;

public sealed class WorkloadMemoryTests
{
    private const int Requests = 1_000_000;
    private const int Window = 30;

    // Odd, so that it meets requests and responses even if they are made in turn.
    private const int Step = 999;

    // Not the size of the heap, which other tests use too, but which of some of these requests and responses are still on it.
    private readonly List<WeakReference> _some = [];
    private long _made;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SendAll_AMillionRequests_KeepsNoneOfThem(bool synchronous)
    {
        using var balancer = new WeightedBalancer(20);
        var client = balancer.Register("a").For(async (object request, CancellationToken _) =>
        {
            if (!synchronous)
            {
                await Task.Yield();
            }

            return Watched();
        });
        var read = 0;
        await foreach (var result in client.SendAllAsync(Make(), new() { MaxOutstanding = Window }))
        {
            if (++read % (Requests / 10) == 0)
            {
                Assert.InRange(Living(), 0, 2 * (Window + 2));
            }
        }

        Assert.Equal(Requests, read);
        Assert.Equal(2 * Requests / Step, _some.Count);
        Integrity.Check(balancer);
    }

    private IEnumerable<object> Make() => Enumerable.Range(0, Requests).Select(_ => Watched());

    private object Watched()
    {
        var made = new object();
        if (Interlocked.Increment(ref _made) % Step == 0)
        {
            lock (_some)
            {
                _some.Add(new WeakReference(made));
            }
        }

        return made;
    }

    private int Living()
    {
        GC.Collect();
        lock (_some)
        {
            return _some.Count(one => one.IsAlive);
        }
    }
}
