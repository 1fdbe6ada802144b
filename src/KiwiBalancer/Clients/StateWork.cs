namespace KiwiBalancer.Clients;

/// <summary>A piece of work given as a delegate and what it works on, so that the delegate may be static.</summary>
internal readonly struct StateWork<TState, TResult>(Func<TState, CancellationToken, ValueTask<TResult>> work, TState state) : IWork<TResult>
{
    public ValueTask<TResult> Start(CancellationToken cancellationToken) => work(state, cancellationToken);
}
