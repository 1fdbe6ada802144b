using BenchmarkDotNet.Attributes;
using KiwiBalancer.Benchmarks.Rivals;

namespace KiwiBalancer.Benchmarks.Cases;

/// <summary>As <see cref="Saturated"/>, every request with a token of one source that lives long. The floor registers a callback on it that does nothing.</summary>
public class QueuedWithToken : Comparison
{
    private readonly NoLimit _floor = new();
    private readonly CancellationTokenSource _source = new();

    protected override int Limit => 8;

    [Benchmark(OperationsPerInvoke = Requests)]
    public Task FloorNoLimit() => LoadAsync(_floor);

    protected override Task LoadAsync(IRival rival) => Load.CallersAsync(rival, callers: 64, Requests, Work.Yield, _source.Token);
}
