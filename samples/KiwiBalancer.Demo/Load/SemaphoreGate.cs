using System.Net;

namespace KiwiBalancer.Demo.Load;

/// <summary>The baseline: one <see cref="SemaphoreSlim"/> for all. It keeps the limit and knows no clients, so it serves in order of arrival.</summary>
internal sealed class SemaphoreGate(int limit, IServer<WorkRequest, HttpStatusCode> server) : IGate, ISender
{
    private readonly SemaphoreSlim _slots = new(limit, limit);

    public ISender Admit(string name, int weight) => this;

    public async ValueTask<HttpStatusCode> SendAsync(WorkRequest request)
    {
        if (request.Cost != 1)
        {
            throw new NotSupportedException("A semaphore has no atomic wait for several slots: this baseline takes requests of cost 1 only.");
        }

        await _slots.WaitAsync();
        try
        {
            return await server.ProcessAsync(request, CancellationToken.None);
        }
        finally
        {
            _slots.Release();
        }
    }

    // Not disposed: it owns no handle, and it is every client's sender as well, each of which is disposed on its own.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
