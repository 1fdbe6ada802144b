namespace KiwiBalancer.Benchmarks.Rivals;

/// <summary>Ours, by <c>SendAsync</c>: a request to a server.</summary>
public sealed class KiwiSend(int limit, int clients) : ILeavable
{
    private readonly KiwiBalanced _ours = new(limit, clients);

    public async Task CallAsync(int caller, int times, Work? work, CancellationToken cancellationToken)
    {
        for (var i = 0; i < times; i++)
        {
            await KiwiBalanced.Next(_ours.Bound, caller, i).SendAsync(work, cancellationToken);
        }
    }

    public void EnterAndLeave()
    {
        using var source = new CancellationTokenSource();
        var waiting = _ours.Bound[0].SendAsync(null, source.Token);
        source.Cancel();
        SpinWait.SpinUntil(() => waiting.IsCanceled);
    }

    public void Dispose() => _ours.Dispose();
}
