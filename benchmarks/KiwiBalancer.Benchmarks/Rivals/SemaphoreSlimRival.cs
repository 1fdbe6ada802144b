namespace KiwiBalancer.Benchmarks.Rivals;

public sealed class SemaphoreSlimRival(int limit) : ILeavable
{
    private readonly SemaphoreSlim _semaphore = new(limit);

    public async Task CallAsync(int caller, int times, Work? work, CancellationToken cancellationToken)
    {
        for (var i = 0; i < times; i++)
        {
            await _semaphore.WaitAsync(cancellationToken);
            try
            {
                if (work is not null)
                {
                    await work.RunAsync(cancellationToken);
                }
            }
            finally
            {
                _semaphore.Release();
            }
        }
    }

    public void EnterAndLeave()
    {
        using var source = new CancellationTokenSource();
        var waiting = _semaphore.WaitAsync(source.Token);
        source.Cancel();
        SpinWait.SpinUntil(() => waiting.IsCanceled);
    }

    public void Dispose() => _semaphore.Dispose();
}
