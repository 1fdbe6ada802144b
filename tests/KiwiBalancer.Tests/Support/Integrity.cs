namespace KiwiBalancer.Tests.Support;

/// <summary>What must be true of every balancer when nothing moves any more: the end of every concurrent test.</summary>
internal static class Integrity
{
    /// <summary>No slot held, nobody waiting, the gate as the policy wants it at rest, every client's word at zero.</summary>
    public static void Check(IBalancer balancer)
    {
        var engine = ((Balancer)balancer).Engine;
        Eventually.True(() => engine.Loop.IsAtRest && engine.Ledger.Read().InFlight == 0, "every slot comes back and the owner loop comes to rest");
        var word = engine.Ledger.Read();
        Assert.Equal(!engine.Policy.HasOpenDoor, word.IsGated);
        Assert.Equal(0, word.InFlight);
        Assert.Null(engine.Running.Oldest());
        var snapshot = balancer.GetSnapshot();
        Assert.Equal(0, snapshot.InFlight);
        Assert.All(snapshot.Clients, client => Assert.Equal((0, 0), (client.InFlight, client.Waiting)));
    }
}
