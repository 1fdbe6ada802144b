namespace KiwiBalancer.AotSmoke;

/// <summary>A server.</summary>
internal sealed class Doubler : IServer<int, int>
{
    public async ValueTask<int> ProcessAsync(int request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return request < 0 ? throw new InvalidOperationException("Below zero.") : 2 * request;
    }
}
