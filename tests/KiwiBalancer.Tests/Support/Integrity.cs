namespace KiwiBalancer.Tests.Support;

/// <summary>What must be true of every balancer when nothing moves any more: the end of every concurrent test.</summary>
internal static class Integrity
{
    /// <summary>No slot held, nobody waiting, the gate as the policy wants it at rest, every client's word at zero.</summary>
    public static void Check(IBalancer balancer)
    {
        var engine = ((Balancer)balancer).Engine;

        // At rest the gate is as the policy wants it. Not read again: whoever is on its way still (a closed client gives up its backlog) may ring once more, and the gate is shut for that round.
        // A slot is back in the ledger a moment before it is off its client.
        Eventually.True(
            () => engine.Loop.IsAtRest && engine.Ledger.Read().InFlight == 0 && balancer.GetSnapshot().Clients.All(client => client is { InFlight: 0, Waiting: 0 }),
            "every slot comes back and the owner loop comes to rest, the gate with it");
        var word = engine.Ledger.Read();
        Assert.Equal(0, word.InFlight);
        Assert.Null(engine.Running.Oldest());
        var snapshot = balancer.GetSnapshot();
        Assert.Equal(0, snapshot.InFlight);
        Assert.All(snapshot.Clients, client => Assert.Equal((0, 0), (client.InFlight, client.Waiting)));
    }
}
