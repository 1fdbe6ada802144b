using BenchmarkDotNet.Attributes;
using KiwiBalancer.Benchmarks.Rivals;

namespace KiwiBalancer.Benchmarks.Cases;

/// <summary>Threads that take a slot and give it back, always room: on one client, and ours also on a client each.</summary>
public class Threads : Comparison
{
    private readonly TwoInterlocked _floor = new();
    private IRival? _ownLease;
    private IRival? _ownSend;

    [Params(1, 2, 4)]
    public int Count { get; set; }

    protected override int Limit => 64;

    [Benchmark(OperationsPerInvoke = Requests)]
    public Task KiwiLeaseOwnClients() => LoadAsync(_ownLease ??= new KiwiLease(Limit, Count));

    [Benchmark(OperationsPerInvoke = Requests)]
    public Task KiwiSendOwnClients() => LoadAsync(_ownSend ??= new KiwiSend(Limit, Count));

    [Benchmark(OperationsPerInvoke = Requests)]
    public Task FloorTwoInterlocked() => LoadAsync(_floor);

    protected override Task LoadAsync(IRival rival) => Load.CallersAsync(rival, callers: Count, Requests, work: null);
}
