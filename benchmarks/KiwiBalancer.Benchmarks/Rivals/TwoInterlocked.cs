namespace KiwiBalancer.Benchmarks.Rivals;

/// <summary>The floor of every uncontended path: one atomic operation to take, one to give back. It never waits, and limits nothing.</summary>
public sealed class TwoInterlocked : IRival
{
    private int _held;

    public async Task CallAsync(int caller, int times, Work? work, CancellationToken cancellationToken)
    {
        for (var i = 0; i < times; i++)
        {
            Interlocked.Increment(ref _held);
            try
            {
                if (work is not null)
                {
                    await work.RunAsync(cancellationToken);
                }
            }
            finally
            {
                Interlocked.Decrement(ref _held);
            }
        }
    }

    public void Dispose()
    {
    }
}
