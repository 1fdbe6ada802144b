using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Workloads;

/// <summary>The requests 0, 1, 2 …, which notice how they are pulled. May stall until its token fires.</summary>
internal sealed class WatchedWorkload(long count) : IAsyncEnumerable<int>
{
    private int _pulls;
    private int _pulled;
    private int _disposals;
    private int _enumerations;

    public long Count => count;

    /// <summary>Requests handed out.</summary>
    public int Pulled => Volatile.Read(ref _pulled);

    public int Disposals => Volatile.Read(ref _disposals);

    public int Enumerations => Volatile.Read(ref _enumerations);

    /// <summary>Somebody waits for a request now.</summary>
    public bool IsBeingPulled => Volatile.Read(ref _pulls) != 0;

    /// <summary>Called before each request is handed out; may throw.</summary>
    public Action<int>? BeforePull { get; init; }

    /// <summary>Thrown by the disposal.</summary>
    public Exception? AtDisposal { get; init; }

    /// <summary>Where the workload waits, before the request of this number, for its token.</summary>
    public int StallsAt { get; init; } = -1;

    /// <summary>Whether a stalled workload ends quietly when its token fires, instead of throwing.</summary>
    public bool EndsQuietly { get; init; }

    public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _enumerations);
        return new Enumerator(this, cancellationToken);
    }

    public void WaitForPulled(int requests) => Eventually.True(() => Pulled == requests, $"{requests} requests are pulled");

    private sealed class Enumerator(WatchedWorkload owner, CancellationToken token) : IAsyncEnumerator<int>
    {
        private int _next;

        public int Current { get; private set; } = -1;

        public async ValueTask<bool> MoveNextAsync()
        {
            Assert.Equal(1, Interlocked.Increment(ref owner._pulls));
            try
            {
                await Task.Yield();
                if (_next == owner.StallsAt)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    return owner.EndsQuietly ? false : throw new OperationCanceledException(token);
                }

                if (_next == owner.Count)
                {
                    return false;
                }

                owner.BeforePull?.Invoke(_next);
                Current = _next++;
                Interlocked.Increment(ref owner._pulled);
                return true;
            }
            finally
            {
                Interlocked.Decrement(ref owner._pulls);
            }
        }

        public ValueTask DisposeAsync()
        {
            Assert.Equal(0, Volatile.Read(ref owner._pulls));
            Interlocked.Increment(ref owner._disposals);
            return owner.AtDisposal is { } exception ? ValueTask.FromException(exception) : default;
        }
    }
}
