namespace KiwiBalancer.Clients;

/// <summary>One request to a server.</summary>
internal readonly struct ServerWork<TRequest, TResponse>(IServer<TRequest, TResponse> server, TRequest request) : IWork<TResponse>
{
    public ValueTask<TResponse> Start(CancellationToken cancellationToken) => server.ProcessAsync(request, cancellationToken);
}
