using System.Net;

namespace KiwiBalancer.Demo.Load;

/// <summary>The balancer.</summary>
internal sealed class BalancerGate(int limit, IServer<WorkRequest, HttpStatusCode> server) : IGate
{
    public ISender Admit(string name, int weight) => throw new RunFailedException($"{nameof(KiwiBalancer)} cannot share {limit} slots of {server} yet");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
