using KiwiBalancer.Clients;

namespace KiwiBalancer.Diagnostics;

/// <summary>Work whose start is noted.</summary>
internal readonly struct ObservedWork<TWork, TResult>(TWork work, RequestObservation observation) : IWork<TResult>
    where TWork : struct, IWork<TResult>
{
    public ValueTask<TResult> Start(CancellationToken cancellationToken)
    {
        observation.Granted();
        return work.Start(cancellationToken);
    }
}
