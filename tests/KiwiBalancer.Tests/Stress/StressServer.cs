namespace KiwiBalancer.Tests.Stress;

/// <summary>A server that counts its own slots and checks at every entry that they, and the ledger's, are within the limit.</summary>
internal sealed class StressServer(LimitRecord limits) : IServer<StressRequest, int>
{
    private int _running;
    private int _entered;
    private Exception? _violation;

    public int Running => Volatile.Read(ref _running);

    public int Entered => Volatile.Read(ref _entered);

    /// <summary>What was found wrong first.</summary>
    public Exception? Violation => Volatile.Read(ref _violation);

    public ValueTask<int> ProcessAsync(StressRequest request, CancellationToken cancellationToken)
    {
        Enter(request);
        return request.Yields == 0 ? new ValueTask<int>(End(request)) : ProcessSlowly(request, cancellationToken);
    }

    /// <summary>Slots taken without the server, as a lease.</summary>
    public void Hold(int cost)
    {
        Interlocked.Add(ref _running, cost);
        Check();
        Interlocked.Add(ref _running, -cost);
    }

    private async ValueTask<int> ProcessSlowly(StressRequest request, CancellationToken cancellationToken)
    {
        for (var i = 0; i < request.Yields && !cancellationToken.IsCancellationRequested; i++)
        {
            await Task.Yield();
        }

        var answer = End(request);
        cancellationToken.ThrowIfCancellationRequested();
        return answer;
    }

    private void Enter(StressRequest request)
    {
        Interlocked.Increment(ref _entered);
        Interlocked.Add(ref _running, request.Cost);
        Check(request.Enter);
    }

    private int End(StressRequest request)
    {
        Interlocked.Add(ref _running, -request.Cost);
        return request.Throws ? throw new StressException() : request.Cost;
    }

    private void Check(Action? more = null)
    {
        try
        {
            more?.Invoke();
            limits.Check(() => Running);
        }
        catch (Exception exception)
        {
            // Kept, not thrown: the callers expect errors of the server.
            Interlocked.CompareExchange(ref _violation, exception, null);
        }
    }
}
