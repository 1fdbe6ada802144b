namespace KiwiBalancer.Benchmarks.Rivals;

/// <summary>Work that lasts until the gate is opened, and none from then on.</summary>
public sealed class Gate : Work
{
    private readonly TaskCompletionSource<int> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override ValueTask<int> RunAsync(CancellationToken cancellationToken) => new(_opened.Task);

    public void Open() => _opened.TrySetResult(1);
}
