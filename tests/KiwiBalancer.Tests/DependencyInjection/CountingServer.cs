namespace KiwiBalancer.Tests.DependencyInjection;

/// <summary>Yields once, and counts how many it runs and has run.</summary>
internal sealed class CountingServer : IServer<int, int>
{
    private int _running;
    private int _most;
    private int _served;

    public int Most => Volatile.Read(ref _most);

    public int Served => Volatile.Read(ref _served);

    public async ValueTask<int> ProcessAsync(int request, CancellationToken cancellationToken)
    {
        var running = Interlocked.Increment(ref _running);
        for (var most = Most; running > most; most = Most)
        {
            Interlocked.CompareExchange(ref _most, running, most);
        }

        await Task.Yield();
        Interlocked.Increment(ref _served);
        Interlocked.Decrement(ref _running);
        return request;
    }
}
