namespace KiwiBalancer.Benchmarks.Rivals;

/// <summary>What a request does while it holds its slot.</summary>
public abstract class Work
{
    /// <summary>Goes once through the thread pool: the shortest work that lets others in between.</summary>
    public static Work Yield { get; } = new Yielding();

    public abstract ValueTask<int> RunAsync(CancellationToken cancellationToken);

    private sealed class Yielding : Work
    {
        public override async ValueTask<int> RunAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            return 1;
        }
    }
}
