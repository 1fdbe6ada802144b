using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Requests;

/// <summary>What the uncontended path promises: a request to a server that answers at once allocates nothing, ever again after contention too.</summary>
public sealed class AllocationTests : IDisposable
{
    private const int Times = 10_000;

    private readonly WeightedBalancer _balancer = new(2);
    private readonly IClientHandle _client;
    private readonly IClientHandle<int, int> _bound;

    public AllocationTests()
    {
        _client = _balancer.Register("a");
        _bound = _client.For<int, int>(static (request, _) => new ValueTask<int>(request));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SendAsync_ServerAnswersAtOnce_AllocatesNothing(bool isAfterContention) => Measure(isAfterContention, () => { _ = _bound.SendAsync(1).GetAwaiter().GetResult(); });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RunAsync_StaticLambda_AllocatesNothing(bool isAfterContention) =>
        Measure(isAfterContention, () => { _ = _client.RunAsync(static _ => new ValueTask<int>(7)).GetAwaiter().GetResult(); });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AcquireAsync_AndDispose_AllocatesNothing(bool isAfterContention) => Measure(isAfterContention, () => _client.AcquireAsync().GetAwaiter().GetResult().Dispose());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TryAcquire_AndDispose_AllocatesNothing(bool isAfterContention) => Measure(
        isAfterContention,
        () =>
        {
            Assert.True(_client.TryAcquire(out var lease));
            lease.Dispose();
        });

    [Fact]
    public void SendAsync_AMillionTimesToAServerThatAnswersAtOnce_DoesNotGrowTheStackOrAllocate()
    {
        const int Million = 1_000_000;
        var isDeep = false;
        var bound = _client.For<int, int>((request, _) =>
        {
            isDeep |= !System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack();
            return new ValueTask<int>(request);
        });
        var sum = 0L;
        var before = GC.GetAllocatedBytesForCurrentThread();

        // An async method that never suspends: the way in which a recursion would show.
        var task = SendAll();

        Assert.True(task.IsCompletedSuccessfully);
        Assert.False(isDeep);
        Assert.Equal(Million, sum);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_096);
        Integrity.Check(_balancer);

        async Task SendAll()
        {
            for (var i = 0; i < Million; i++)
            {
                sum += await bound.SendAsync(1);
            }
        }
    }

    [Fact]
    public async Task SendAsync_AMillionTimesOverAContendedBalancer_DoesNotGrowTheStack()
    {
        const int Senders = 4;
        const int Each = 250_000;
        using var balancer = new WeightedBalancer(1);
        var isDeep = false;
        var senders = Enumerable.Range(0, Senders).Select(i =>
        {
            var bound = balancer.Register($"c{i}").For<int, int>((request, _) =>
            {
                isDeep |= !System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack();
                return new ValueTask<int>(request);
            });
            return Task.Run(async () =>
            {
                var sum = 0;
                for (var k = 0; k < Each; k++)
                {
                    sum += await bound.SendAsync(1);
                }

                return sum;
            });
        }).ToArray();

        Assert.All(await Task.WhenAll(senders).Within(), sum => Assert.Equal(Each, sum));
        Assert.False(isDeep);
        Integrity.Check(balancer);
    }

    public void Dispose() => _balancer.Dispose();

    private void Measure(bool isAfterContention, Action once)
    {
        if (isAfterContention)
        {
            var held = new[] { _client.Take(), _client.Take() };
            var waiting = Pending.Many(_client, 5);
            Array.ForEach(held, lease => lease.Dispose());
            Pending.Finish(waiting);
            Integrity.Check(_balancer);
        }

        for (var i = 0; i < 100; i++)
        {
            once();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
        {
            once();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Integrity.Check(_balancer);
    }
}
