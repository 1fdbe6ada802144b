using KiwiBalancer.Backlog;

namespace KiwiBalancer.Granting;

/// <summary>Slots that the new owner itself has given back; what a <see cref="TouchNote"/> says, without the note.</summary>
/// <param name="Backlog">Whose; null: of a client that has never waited, or nobody's.</param>
/// <param name="Slots">How many of them are in the owner's count: none if they came back while the gate was open.</param>
internal readonly record struct Returned(ClientBacklog? Backlog, int Slots);
