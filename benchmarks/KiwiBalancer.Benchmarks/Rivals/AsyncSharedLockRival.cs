using DotNext.Threading;

namespace KiwiBalancer.Benchmarks.Rivals;

public sealed class AsyncSharedLockRival(int limit) : ILeavable
{
    private readonly AsyncSharedLock _lock = new(limit);

    public async Task CallAsync(int caller, int times, Work? work, CancellationToken cancellationToken)
    {
        for (var i = 0; i < times; i++)
        {
            await _lock.AcquireAsync(strongLock: false, cancellationToken);
            try
            {
                if (work is not null)
                {
                    await work.RunAsync(cancellationToken);
                }
            }
            finally
            {
                _lock.Release();
            }
        }
    }

    public void EnterAndLeave()
    {
        using var source = new CancellationTokenSource();
        var waiting = _lock.AcquireAsync(strongLock: false, source.Token);
        source.Cancel();
        SpinWait.SpinUntil(() => waiting.IsCanceled);
    }

    public void Dispose() => _lock.Dispose();
}
