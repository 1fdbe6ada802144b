using BenchmarkDotNet.Attributes;
using KiwiBalancer.Benchmarks.Rivals;

namespace KiwiBalancer.Benchmarks.Cases;

/// <summary>A request queues behind others, and its caller cancels it. A source a request is part of the cost, everybody's.</summary>
public class CancelWhileWaiting : IDisposable
{
    private const int Cancelled = 1_000;

    private readonly Gate _gate = new();
    private ILeavable? _rival;
    private Task _waiting = Task.CompletedTask;

    [Params(10, 100_000)]
    public int Waiting { get; set; }

    [Benchmark(Baseline = true, OperationsPerInvoke = Cancelled)]
    public void SemaphoreSlim() => Cancel(static () => new SemaphoreSlimRival(1));

    [Benchmark(OperationsPerInvoke = Cancelled)]
    public void ConcurrencyLimiter() => Cancel(static () => new ConcurrencyLimiterRival(1));

    [Benchmark(OperationsPerInvoke = Cancelled)]
    public void AsyncSharedLock() => Cancel(static () => new AsyncSharedLockRival(1));

    [Benchmark(OperationsPerInvoke = Cancelled)]
    public void KiwiLease() => Cancel(static () => new KiwiLease(1, 1));

    [Benchmark(OperationsPerInvoke = Cancelled)]
    public void KiwiSend() => Cancel(static () => new KiwiSend(1, 1));

    [GlobalCleanup]
    public void Dispose()
    {
        _gate.Open();
        _waiting.GetAwaiter().GetResult();
        _waiting = Task.CompletedTask;
        _rival?.Dispose();
        _rival = null;
        GC.SuppressFinalize(this);
    }

    private void Cancel(Func<ILeavable> make)
    {
        // The first call of a case fills the queue; BenchmarkDotNet does not measure it.
        if (_rival is null)
        {
            _rival = make();
            _waiting = Load.FillAsync(_rival, Waiting, _gate);
        }

        Load.Leave(_rival, Cancelled);
    }
}
