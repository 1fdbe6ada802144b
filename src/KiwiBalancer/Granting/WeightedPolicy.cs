using System.Diagnostics;

namespace KiwiBalancer.Granting;

/// <summary>
/// Grants by weight: the whole slots of each share by a quota test against the water level (space), the fractional one by earliest virtual deadline
/// on slot-seconds really used (time). See the README in this folder.
/// </summary>
internal sealed class WeightedPolicy : IGrantPolicy
{
    private readonly WaterLevel _level = new();
    private readonly FluidClock _clock;
    private readonly MeanDuration _duration = new();
    private readonly Lines _lines = new();
    private readonly RisingQuota _rising;
    private readonly Standings _standings;
    private readonly GrantChoice _choice;

    private int _limit;
    private int _inFlight;

    public WeightedPolicy()
    {
        _clock = new FluidClock(_level);
        _rising = new RisingQuota(_level);
        _standings = new Standings(_level, _clock, _duration, _lines);
        _choice = new GrantChoice(_level, _clock, _duration, _lines, _rising, _standings);
    }

    public int Limit => _limit;

    public bool HasOpenDoor => true;

    public double AskAgainAt => double.PositiveInfinity;

    public Claim NewClaim() => new WeightedClaim();

    public object PrepareRoom(int claims) => new PolicyRoom(claims);

    public void InstallRoom(object room)
    {
        var arrays = (PolicyRoom)room;
        _lines.Install(arrays.Lines);
        _rising.Install(arrays.Rising);
        _standings.Install(arrays);
    }

    public void Begin(int limit, int inFlight, double now)
    {
        _limit = limit;
        _inFlight = inFlight;
        _level.SetFree(limit, inFlight);
        _clock.Begin(now);
        _standings.Begin();
        _lines.Clear();
        _rising.Clear();
        _choice.Clear();
    }

    public void Advance(int limit, int inFlight, double now)
    {
        var elapsed = _clock.Tick(now);
        _duration.Observe(elapsed, _inFlight, _inFlight - inFlight);
        _limit = limit;
        _inFlight = inFlight;
        _level.SetFree(limit, inFlight);
    }

    public void Granted(Claim claim, int cost)
    {
        // Its Update says it all.
    }

    public void Update(Claim claim, double now)
    {
        var client = (WeightedClaim)claim;
        _clock.Tick(now);
        _standings.Recount(client);
        _choice.Update(client);
    }

    public Claim? Next(double now)
    {
        if (_inFlight >= _limit)
            return null;
        _clock.Tick(now);
        _standings.Settle();
        return _choice.Pick(_limit - _inFlight);
    }

    /// <summary>Adds everything up again; <paramref name="claims"/> are all there are.</summary>
    [Conditional("DEBUG")]
    public void AssertInvariants(IEnumerable<WeightedClaim> claims)
    {
        var known = claims.Where(_standings.IsKnown).ToArray();
        _level.AssertInvariants(known);
        _clock.AssertInvariants(known);
        _lines.AssertInvariants(known);
        _rising.AssertInvariants(known);
        _standings.AssertInvariants(known);
    }
}
