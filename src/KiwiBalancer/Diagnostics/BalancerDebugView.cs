using System.Diagnostics;

namespace KiwiBalancer.Diagnostics;

/// <summary>What a debugger shows of a balancer: its clients, as of now.</summary>
internal sealed class BalancerDebugView(Balancer balancer)
{
    public TimeSpan? OldestRunning => balancer.GetSnapshot().OldestRunning;

    [DebuggerBrowsable(DebuggerBrowsableState.RootHidden)]
    public ClientSnapshot[] Clients => [.. balancer.GetSnapshot().Clients];
}
