using KiwiBalancer.Lab.Rivals;

namespace KiwiBalancer.Lab.Tests.Fairness;

/// <summary>Grants whatever waits, as if nothing were in flight.</summary>
internal sealed class GreedyPolicy : Granting.IGrantPolicy
{
    private readonly FifoPolicy _fifo = new();

    public bool HasOpenDoor => false;

    public double AskAgainAt => double.PositiveInfinity;

    public Granting.Claim NewClaim() => _fifo.NewClaim();

    public object PrepareRoom(int claims) => _fifo.PrepareRoom(claims);

    public void InstallRoom(object room) => _fifo.InstallRoom(room);

    public void Begin(int limit, int inFlight, double now) => _fifo.Begin(limit, 0, now);

    public void Advance(int limit, int inFlight, double now) => _fifo.Advance(limit, 0, now);

    public void Granted(Granting.Claim claim, int cost) => _fifo.Granted(claim, cost);

    public void Update(Granting.Claim claim, double now) => _fifo.Update(claim, now);

    public Granting.Claim? Next(double now) => _fifo.Next(now);
}
