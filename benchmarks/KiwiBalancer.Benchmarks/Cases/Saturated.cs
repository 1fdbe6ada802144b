using BenchmarkDotNet.Attributes;
using KiwiBalancer.Benchmarks.Rivals;

namespace KiwiBalancer.Benchmarks.Cases;

/// <summary>64 callers on 8 slots, each request goes once through the thread pool. Only ours knows the clients.</summary>
public class Saturated : Comparison
{
    private readonly NoLimit _floor = new();

    [Params(1, 16, 1_000)]
    public int Clients { get; set; }

    protected override int Limit => 8;

    protected override int ClientCount => Clients;

    [Benchmark(OperationsPerInvoke = Requests)]
    public Task FloorNoLimit() => LoadAsync(_floor);

    protected override Task LoadAsync(IRival rival) => Load.CallersAsync(rival, callers: 64, Requests, Work.Yield);
}
