using BenchmarkDotNet.Attributes;
using KiwiBalancer.Benchmarks.Rivals;

namespace KiwiBalancer.Benchmarks.Cases;

/// <summary>The same load on everybody, SemaphoreSlim first.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public abstract class Comparison : IDisposable
{
    /// <summary>Requests in one measured call.</summary>
    public const int Requests = 8_000;

    private IRival? _rival;

    protected abstract int Limit { get; }

    protected virtual int ClientCount => 1;

    [Benchmark(Baseline = true, OperationsPerInvoke = Requests)]
    public Task SemaphoreSlim() => LoadAsync(_rival ??= new SemaphoreSlimRival(Limit));

    [Benchmark(OperationsPerInvoke = Requests)]
    public Task ConcurrencyLimiter() => LoadAsync(_rival ??= new ConcurrencyLimiterRival(Limit));

    [Benchmark(OperationsPerInvoke = Requests)]
    public Task Polly() => LoadAsync(_rival ??= new PollyRival(Limit));

    [Benchmark(OperationsPerInvoke = Requests)]
    public Task AsyncSharedLock() => LoadAsync(_rival ??= new AsyncSharedLockRival(Limit));

    [Benchmark(OperationsPerInvoke = Requests)]
    public Task ChannelWorkers() => LoadAsync(_rival ??= new ChannelRival(Limit));

    [Benchmark(OperationsPerInvoke = Requests)]
    public Task ActionBlock() => LoadAsync(_rival ??= new ActionBlockRival(Limit));

    [Benchmark(OperationsPerInvoke = Requests)]
    public Task KiwiLease() => LoadAsync(_rival ??= new KiwiLease(Limit, ClientCount));

    [Benchmark(OperationsPerInvoke = Requests)]
    public Task KiwiSend() => LoadAsync(_rival ??= new KiwiSend(Limit, ClientCount));

    [GlobalCleanup]
    public void Dispose()
    {
        _rival?.Dispose();
        _rival = null;
        GC.SuppressFinalize(this);
    }

    protected abstract Task LoadAsync(IRival rival);
}
