using BenchmarkDotNet.Attributes;

namespace KiwiBalancer.Benchmarks.Cases;

/// <summary>What a limit from a source costs where there is always room: with a constant limit nobody reads a clock, with a source each grant reads it once.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class Seam : IDisposable
{
    private const int Requests = 10_000;

    private readonly WeightedBalancer _constant = new(limit: 8);
    private readonly WeightedBalancer _sourced = new(limit: 8);
    private readonly IClientHandle _ofConstant;
    private readonly IClientHandle _ofSourced;
    private readonly IClientHandle<int, int> _sendConstant;
    private readonly IClientHandle<int, int> _sendSourced;

    public Seam()
    {
        _sourced.UseLimitSource(new OpenSource());
        (_ofConstant, _ofSourced) = (_constant.Register("a"), _sourced.Register("a"));
        (_sendConstant, _sendSourced) = (Bind(_ofConstant), Bind(_ofSourced));
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Requests)]
    public int SendConstantLimit() => Send(_sendConstant);

    [Benchmark(OperationsPerInvoke = Requests)]
    public int SendSourceWithDeadline() => Send(_sendSourced);

    [Benchmark(OperationsPerInvoke = Requests)]
    public int LeaseConstantLimit() => Lease(_ofConstant);

    [Benchmark(OperationsPerInvoke = Requests)]
    public int LeaseSourceWithDeadline() => Lease(_ofSourced);

    [GlobalCleanup]
    public void Dispose()
    {
        _constant.Dispose();
        _sourced.Dispose();
        GC.SuppressFinalize(this);
    }

    private static IClientHandle<int, int> Bind(IClientHandle client) => client.For<int, int>(static (request, _) => ValueTask.FromResult(request));

    private static int Send(IClientHandle<int, int> client)
    {
        var sum = 0;
        for (var i = 0; i < Requests; i++)
        {
            var answer = client.SendAsync(i);
            sum += answer.IsCompletedSuccessfully ? answer.Result : throw new InvalidOperationException("There is always room.");
        }

        return sum;
    }

    private static int Lease(IClientHandle client)
    {
        var held = 0;
        for (var i = 0; i < Requests; i++)
        {
            held += client.TryAcquire(out var lease) ? lease.Cost : throw new InvalidOperationException("There is always room.");
            lease.Dispose();
        }

        return held;
    }

    /// <summary>Allows the configured limit for a day.</summary>
    private sealed class OpenSource : ILimitSource
    {
        public void Start(SourcedLimit limit) => limit.Set(limit.Configured, limit.TimeProvider.GetTimestamp() + (86_400 * limit.TimeProvider.TimestampFrequency));

        public void LimitConfigured(int wanted)
        {
        }

        public void DemandChanged()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
