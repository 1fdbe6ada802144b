using KiwiBalancer.Redis.Node;

namespace KiwiBalancer.Redis.Tests.Schedules;

/// <summary>A process: the shipped rules, two clocks of its own, and clients that send a request for each slot they want.</summary>
internal sealed class SimulatedNode
{
    private readonly double _rate;
    private readonly double _origin;
    private readonly bool _isOneClient;

    public SimulatedNode(Schedule schedule, Mutant mutant, int place, int life, int limit)
    {
        Place = place;
        Floor = schedule.Settings.Floor;
        Name = $"{place:x2}{life:x2}";
        Keeper = new LeaseKeeper(Name, limit, mutant.Settings(schedule.Settings));
        _rate = 1 + (schedule.Drift * ((2 * Chance.Of(schedule.Seed, 1, (ulong)place, (ulong)life)) - 1));
        _origin = Chance.Of(schedule.Seed, 2, (ulong)place, (ulong)life) * 1e6;
        _isOneClient = !schedule.Weights.IsEmpty;
        Weight = _isOneClient ? schedule.Weights[place] : 1 + (long)(Chance.Of(schedule.Seed, 3, (ulong)place) * 3);
    }

    public int Place { get; }

    /// <summary>Slots that are its own.</summary>
    public int Floor { get; }

    public string Name { get; }

    public LeaseKeeper Keeper { get; }

    public long Weight { get; }

    public int Wanted { get; set; }

    public int InFlight { get; set; }

    public long Granted { get; set; }

    /// <summary>What its requests have used of the server, and will until they end.</summary>
    public double SlotTime { get; set; }

    public double WallOffset { get; set; }

    /// <summary>Nothing of it runs before then.</summary>
    public double PausedUntil { get; set; }

    /// <summary>Its messages are lost until then.</summary>
    public double CutUntil { get; set; }

    public bool IsDead { get; set; }

    /// <summary>When the newest report went out, by its clocks.</summary>
    public NodeTime Sent { get; set; }

    /// <summary>The next wake-up; another one makes it void.</summary>
    public long Wake { get; set; }

    public NodeTime Time(double now) => new((long)(_origin + (now * _rate)), (long)(5e6 + WallOffset + (now * _rate)));

    /// <summary>When its monotonic clock shows <paramref name="time"/>.</summary>
    public double When(long time) => (time - _origin) / _rate;

    /// <summary>As a rule two clients with half of the demand each, of different weight.</summary>
    public NodeDemand Demand()
    {
        if (_isOneClient)
        {
            return new(InFlight, Math.Max(Wanted, InFlight), Weight);
        }

        long first = Wanted / 2, second = Wanted - first;
        long satisfied = 0, satisfiedWeight = 0;
        if (Keeper.Level >= 0)
        {
            if (first <= Keeper.Level * Weight)
            {
                (satisfied, satisfiedWeight) = (first, Weight);
            }

            if (second <= Keeper.Level)
            {
                (satisfied, satisfiedWeight) = (satisfied + second, satisfiedWeight + 1);
            }
        }

        return new(InFlight, Math.Max(Wanted, InFlight), Weight + 1, satisfied, satisfiedWeight);
    }
}
