using System.Diagnostics;

namespace KiwiBalancer;

/// <summary>What a balancer was doing at one moment.</summary>
[DebuggerDisplay("{Name,nq}: {InFlight} of {Limit}, {Waiting} waiting")]
public sealed class BalancerSnapshot
{
    internal BalancerSnapshot(string name, int limit, int inFlight, TimeSpan? oldestRunning, IReadOnlyList<ClientSnapshot> clients)
    {
        Name = name;
        Limit = limit;
        InFlight = inFlight;
        OldestRunning = oldestRunning;
        Clients = clients;
    }

    /// <summary>The balancer's name.</summary>
    public string Name { get; }

    /// <summary>The slots that may be held at once. One atomic read with <see cref="InFlight"/>.</summary>
    public int Limit { get; }

    /// <summary>The slots held. It exceeds <see cref="Limit"/> only while a lowered limit drains.</summary>
    public int InFlight { get; }

    /// <summary>Requests of all clients that wait.</summary>
    public int Waiting => Clients.Sum(client => client.Waiting);

    /// <summary>
    /// How long the oldest request sent with <c>SendAsync</c> or <c>RunAsync</c> has been at the server; null if none is.
    /// Counted from the moment its task turned out not to be complete; leases taken by hand are not timed.
    /// </summary>
    public TimeSpan? OldestRunning { get; }

    /// <summary>The registered clients, and those disposed that still hold slots, in order of name.</summary>
    public IReadOnlyList<ClientSnapshot> Clients { get; }
}
