namespace KiwiBalancer.Clients;

/// <summary>A piece of work that gives no result, given as a delegate and what it works on.</summary>
internal readonly struct SilentStateWork<TState>(Func<TState, CancellationToken, ValueTask> work, TState state) : IWork<NoResult>
{
    public ValueTask<NoResult> Start(CancellationToken cancellationToken) => NoResult.From(work(state, cancellationToken));
}
