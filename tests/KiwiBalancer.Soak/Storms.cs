namespace KiwiBalancer.Soak;

/// <summary>A token that many requests share, cancelled with all of them at one stroke, again and again.</summary>
internal sealed class Storms : IDisposable
{
    private CancellationTokenSource _next = new();
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public CancellationToken Token => Volatile.Read(ref _next).Token;

    public void Break()
    {
        Interlocked.Exchange(ref _next, new CancellationTokenSource()).Cancel();
        Interlocked.Increment(ref _count);
    }

    public void Dispose() => _next.Dispose();
}
