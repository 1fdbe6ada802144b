namespace KiwiBalancer.Clients;

/// <summary>A piece of work that gives no result, given as a delegate.</summary>
internal readonly struct SilentWork(Func<CancellationToken, ValueTask> work) : IWork<NoResult>
{
    public ValueTask<NoResult> Start(CancellationToken cancellationToken) => NoResult.From(work(cancellationToken));
}
