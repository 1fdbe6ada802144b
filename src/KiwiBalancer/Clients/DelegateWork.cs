namespace KiwiBalancer.Clients;

/// <summary>A piece of work given as a delegate.</summary>
internal readonly struct DelegateWork<TResult>(Func<CancellationToken, ValueTask<TResult>> work) : IWork<TResult>
{
    public ValueTask<TResult> Start(CancellationToken cancellationToken) => work(cancellationToken);
}
