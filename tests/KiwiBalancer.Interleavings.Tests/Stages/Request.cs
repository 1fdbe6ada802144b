using KiwiBalancer.Backlog;
using KiwiBalancer.Clients;

namespace KiwiBalancer.Interleavings.Tests.Stages;

/// <summary>One request of an actor, and what has become of it.</summary>
internal sealed class Request(ClientHandle client, int cost, int begun)
{
    public ClientHandle Client => client;

    public int Cost => cost;

    /// <summary>When its call began and when it returned, in calls.</summary>
    public int Begun => begun;

    public int Entered { get; set; } = int.MaxValue;

    /// <summary>What waits for it; null: it was granted at the door, or refused, or has ended.</summary>
    public Waiter? Waiter { get; set; }

    public ValueTask Answer { get; set; }

    public Outcome Outcome { get; set; }

    public RejectionReason? Reason { get; set; }

    public bool IsWaiting => Outcome == Outcome.Open && Waiter?.State == WaiterState.Waiting;

    /// <inheritdoc/>
    public override string ToString() => $"{client.Name} x{cost} {Outcome}{(Waiter is null ? "" : $" ({Waiter.State})")}";
}
