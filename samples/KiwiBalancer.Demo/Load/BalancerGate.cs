using System.Net;

namespace KiwiBalancer.Demo.Load;

/// <summary>The balancer: every client registers with its weight and sends through its own handle.</summary>
internal sealed class BalancerGate(Sharing sharing, int limit, IServer<WorkRequest, HttpStatusCode> server) : IGate
{
    // The clients hand over everything they have at once: what bounds the backlog here is the scenario.
    private readonly Balancer _balancer = sharing.MakeBalancer(new KiwiBalancerOptions { Limit = limit, MaxQueueLength = int.MaxValue });

    /// <summary>The balancer itself, to change what is in force.</summary>
    public Balancer Balancer => _balancer;

    public ISender Admit(string name, int weight) => new Sender(_balancer.Register(name, weight).For(server, request => request.Cost));

    public ValueTask DisposeAsync() => _balancer.DisposeAsync();

    private sealed class Sender(IClientHandle<WorkRequest, HttpStatusCode> client) : ISender
    {
        public ValueTask<HttpStatusCode> SendAsync(WorkRequest request) => client.SendAsync(request);

        public ValueTask DisposeAsync() => client.DisposeAsync();
    }
}
