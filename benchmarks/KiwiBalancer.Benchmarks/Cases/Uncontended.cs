using BenchmarkDotNet.Attributes;
using KiwiBalancer.Benchmarks.Rivals;

namespace KiwiBalancer.Benchmarks.Cases;

/// <summary>Take a slot and give it back, one caller, always room. KiwiSend also calls a server, which answers at once.</summary>
public class Uncontended : Comparison
{
    private readonly TwoInterlocked _floor = new();

    protected override int Limit => 8;

    [Benchmark(OperationsPerInvoke = Requests)]
    public Task FloorTwoInterlocked() => LoadAsync(_floor);

    protected override Task LoadAsync(IRival rival) => Load.OneAsync(rival, Requests);
}
