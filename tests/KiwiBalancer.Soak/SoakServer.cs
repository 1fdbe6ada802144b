namespace KiwiBalancer.Soak;

/// <summary>A server that counts its own slots and holds them against the limit at every entry.</summary>
internal sealed class SoakServer(LimitWatch limits, Findings findings) : IServer<SoakRequest, int>
{
    private int _inUse;
    private int _most;

    public int InUse => Volatile.Read(ref _inUse);

    /// <summary>The most slots that were ever in use.</summary>
    public int Most => Volatile.Read(ref _most);

    public ValueTask<int> ProcessAsync(SoakRequest request, CancellationToken cancellationToken)
    {
        Enter(request.Cost);
        if (request.Enter() != 1)
        {
            findings.Add("a request has been at the server twice");
        }

        if (request.Treatment is Treatment.Synchronous or Treatment.ThrowsAtOnce)
        {
            Leave(request.Cost);
            return request.Treatment == Treatment.Synchronous ? new ValueTask<int>(request.Cost) : throw new ServerFault();
        }

        return ProcessLater(request, cancellationToken);
    }

    /// <summary>Slots taken by a lease, without a request.</summary>
    public void Enter(int cost)
    {
        var used = Interlocked.Add(ref _inUse, cost);
        for (var most = Most; used > most; most = Most)
        {
            Interlocked.CompareExchange(ref _most, used, most);
        }

        findings.Add(limits.Check(() => InUse));
    }

    public void Leave(int cost) => Interlocked.Add(ref _inUse, -cost);

    private async ValueTask<int> ProcessLater(SoakRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await (request.Treatment switch
            {
                Treatment.HangsUntilCancelled => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken),
                Treatment.IgnoresItsToken or Treatment.TakesTime => Task.Delay(TimeSpan.FromMilliseconds(1 + (request.Cost * 2)), TimeProvider.System, CancellationToken.None),
                _ => Yield(request.Cost),
            });
        }
        finally
        {
            Leave(request.Cost);
        }

        return request.Treatment == Treatment.ThrowsLater ? throw new ServerFault() : request.Cost;
    }

    private static async Task Yield(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await Task.Yield();
        }
    }
}
