namespace KiwiBalancer.Redis.Ledger;

/// <summary>A new cap that the engine tells a node unasked. It never prolongs a lease.</summary>
/// <param name="Node">Whom it is for.</param>
/// <param name="Cap">The slots that the node may hold.</param>
/// <param name="Seq">The node's last report the engine had seen. A node that has sent another one drops the push: that report says what the engine does not know yet.</param>
internal sealed record CapPush(string Node, int Cap, long Seq);
