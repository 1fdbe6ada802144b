namespace KiwiBalancer.Benchmarks.Rivals;

/// <summary>Ours, by lease: <c>AcquireAsync</c> and <c>Dispose</c>.</summary>
public sealed class KiwiLease(int limit, int clients) : ILeavable
{
    private readonly KiwiBalanced _ours = new(limit, clients);

    public async Task CallAsync(int caller, int times, Work? work, CancellationToken cancellationToken)
    {
        for (var i = 0; i < times; i++)
        {
            using var lease = await KiwiBalanced.Next(_ours.Clients, caller, i).AcquireAsync(cancellationToken);
            if (work is not null)
            {
                await work.RunAsync(cancellationToken);
            }
        }
    }

    public void EnterAndLeave()
    {
        using var source = new CancellationTokenSource();
        var waiting = _ours.Clients[0].AcquireAsync(source.Token);
        source.Cancel();
        SpinWait.SpinUntil(() => waiting.IsCanceled);
    }

    public void Dispose() => _ours.Dispose();
}
