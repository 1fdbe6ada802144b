using KiwiBalancer.Backlog;
using KiwiBalancer.Granting;

namespace KiwiBalancer.Tests.Support;

/// <summary>Makes another thread the owner of the grant loop, and keeps it busy until disposed: what happens meanwhile happens at one instant for the owner.</summary>
internal sealed class OwnerHold : IDisposable
{
    private readonly ManualResetEventSlim _release = new();
    private readonly Thread _owner;

    public OwnerHold(IBalancer balancer)
    {
        var engine = ((Balancer)balancer).Engine;
        using var entered = new ManualResetEventSlim();
        engine.Loop.Leave(new BusyNote(entered, _release));
        _owner = new Thread(() => engine.Loop.Run(engine.Loop.Now)) { IsBackground = true };
        _owner.Start();
        Assert.True(entered.Wait(Eventually.Watchdog), "The owner never began.");
    }

    public void Dispose()
    {
        _release.Set();
        Assert.True(_owner.Join(Eventually.Watchdog), "The owner never let go.");
        _release.Dispose();
    }

    private sealed class BusyNote(ManualResetEventSlim entered, ManualResetEventSlim release) : Note
    {
        public override void Apply(GrantRound round)
        {
            entered.Set();
            release.Wait(Eventually.Watchdog);
        }
    }
}
