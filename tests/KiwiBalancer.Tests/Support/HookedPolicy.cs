using KiwiBalancer.Granting;

namespace KiwiBalancer.Tests.Support;

/// <summary>The weighted policy, with hooks that run in the owner's hands, once each: when it has chosen somebody, and when it has said that nobody is next, the instant between two rounds.</summary>
internal sealed class HookedPolicy : IGrantPolicy
{
    private readonly WeightedPolicy _policy = new();

    public Action? OnNobodyNext { get; set; }

    public Action? OnChosen { get; set; }

    public bool HasOpenDoor => _policy.HasOpenDoor;

    public double AskAgainAt => _policy.AskAgainAt;

    public Claim NewClaim() => _policy.NewClaim();

    public object PrepareRoom(int claims) => _policy.PrepareRoom(claims);

    public void InstallRoom(object room) => _policy.InstallRoom(room);

    public void Begin(int limit, int inFlight, double now) => _policy.Begin(limit, inFlight, now);

    public void Advance(int limit, int inFlight, double now) => _policy.Advance(limit, inFlight, now);

    public void Granted(Claim claim, int cost) => _policy.Granted(claim, cost);

    public void Update(Claim claim, double now) => _policy.Update(claim, now);

    public Claim? Next(double now)
    {
        var next = _policy.Next(now);
        if (next is null)
        {
            var hook = OnNobodyNext;
            OnNobodyNext = null;
            hook?.Invoke();
        }
        else
        {
            var hook = OnChosen;
            OnChosen = null;
            hook?.Invoke();
        }

        return next;
    }
}
