namespace KiwiBalancer.Clients;

/// <summary>A server given as a delegate.</summary>
internal sealed class DelegateServer<TRequest, TResponse>(Func<TRequest, CancellationToken, ValueTask<TResponse>> process) : IServer<TRequest, TResponse>
{
    public ValueTask<TResponse> ProcessAsync(TRequest request, CancellationToken cancellationToken) => process(request, cancellationToken);
}
