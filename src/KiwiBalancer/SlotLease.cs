using System.Diagnostics;
using KiwiBalancer.Clients;
using KiwiBalancer.Diagnostics;

namespace KiwiBalancer;

/// <summary>Slots held by a caller. Dispose it to give them back.</summary>
/// <remarks>
/// One-shot: the first <see cref="Dispose"/>, of this value or of any copy, gives the slots back; every further one, at any time and from any thread, does nothing.
/// <c>default</c> holds nothing.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct SlotLease : IDisposable, IEquatable<SlotLease>
{
    // The cell that knows whether this lease still holds, or the rejection.
    private readonly object? _content;
    private readonly long _generation;

    internal SlotLease(LeaseCell cell, long generation, int cost)
    {
        _content = cell;
        _generation = generation;
        Cost = cost;
    }

    internal SlotLease(BalancerRejection rejection) => _content = rejection;

    /// <summary>Whether the slots are held now: granted, and not given back.</summary>
    public bool IsHeld => _content is LeaseCell cell && cell.IsHeld(_generation);

    /// <summary>The slots that were granted; 0 if none were.</summary>
    public int Cost { get; }

    /// <summary>Why no slots were granted; null if they were, and in <c>default</c>.</summary>
    public BalancerRejection? Rejection => _content as BalancerRejection;

    /// <summary>Compares two leases.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they are copies of one lease.</returns>
    public static bool operator ==(SlotLease left, SlotLease right) => left.Equals(right);

    /// <summary>Compares two leases.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they are different leases.</returns>
    public static bool operator !=(SlotLease left, SlotLease right) => !left.Equals(right);

    /// <summary>Gives the slots back, once.</summary>
    public void Dispose()
    {
        if (_content is LeaseCell cell)
        {
            cell.Return(_generation, Cost);
        }
    }

    /// <inheritdoc/>
    public bool Equals(SlotLease other) => ReferenceEquals(_content, other._content) && _generation == other._generation;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SlotLease other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_content, _generation);

    /// <inheritdoc/>
    public override string ToString() => Rejection is { } rejection ? $"Rejected: {rejection.Reason}" : IsHeld ? $"{Cost} held" : "Nothing held";

    internal void EndsWith(RequestObservation observation) => ((LeaseCell)_content!).EndsWith(observation);
}
