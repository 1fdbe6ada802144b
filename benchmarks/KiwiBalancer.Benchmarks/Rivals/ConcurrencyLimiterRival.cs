using System.Threading.RateLimiting;

namespace KiwiBalancer.Benchmarks.Rivals;

public sealed class ConcurrencyLimiterRival(int limit) : ILeavable
{
    private readonly ConcurrencyLimiter _limiter = new(new() { PermitLimit = limit, QueueLimit = int.MaxValue });

    public async Task CallAsync(int caller, int times, Work? work, CancellationToken cancellationToken)
    {
        for (var i = 0; i < times; i++)
        {
            using var lease = await _limiter.AcquireAsync(1, cancellationToken);
            if (work is not null)
            {
                await work.RunAsync(cancellationToken);
            }
        }
    }

    public void EnterAndLeave()
    {
        using var source = new CancellationTokenSource();
        var waiting = _limiter.AcquireAsync(1, source.Token);
        source.Cancel();
        SpinWait.SpinUntil(() => waiting.IsCanceled);
    }

    public void Dispose() => _limiter.Dispose();
}
