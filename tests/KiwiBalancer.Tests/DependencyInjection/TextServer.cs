namespace KiwiBalancer.Tests.DependencyInjection;

/// <summary>Another kind of request to the same server.</summary>
internal sealed class TextServer : IServer<string, string>
{
    public ValueTask<string> ProcessAsync(string request, CancellationToken cancellationToken) => new(request + "!");
}
