namespace KiwiBalancer.Clients;

/// <summary>What to run while slots are held. A struct, so that a request without captured state costs no object and no delegate.</summary>
internal interface IWork<TResult>
{
    ValueTask<TResult> Start(CancellationToken cancellationToken);
}
