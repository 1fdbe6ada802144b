using System.Diagnostics;

namespace KiwiBalancer;

/// <summary>What a client was doing at one moment.</summary>
[DebuggerDisplay("{Name,nq}: weight {Weight}, {InFlight} in flight of a share of {Share}, {Waiting} waiting")]
public sealed class ClientSnapshot
{
    internal ClientSnapshot(string name, int weight, int inFlight, int waiting, double share)
    {
        Name = name;
        Weight = weight;
        InFlight = inFlight;
        Waiting = waiting;
        Share = share;
    }

    /// <summary>The client's name.</summary>
    public string Name { get; }

    /// <summary>The client's weight.</summary>
    public int Weight { get; }

    /// <summary>Slots the client holds.</summary>
    public int InFlight { get; }

    /// <summary>Requests of the client that wait.</summary>
    public int Waiting { get; }

    /// <summary>The slots the client is entitled to at this moment: its weighted max-min share of the limit, given what all clients hold and wait for.</summary>
    public double Share { get; }
}
