using System.Collections.Immutable;

namespace KiwiBalancer.Redis.Tests.Schedules;

/// <summary>Makes schedules from seeds.</summary>
internal static class RandomSchedule
{
    private static readonly FaultKind[] Kinds = Enum.GetValues<FaultKind>();

    public static Schedule Of(ulong seed)
    {
        var turn = 0UL;
        double Next() => Chance.Of(seed, turn++);
        int Below(int bound) => (int)(Next() * bound);

        var schedule = new Schedule { Seed = seed, Nodes = 2 + Below(4), Limit = 1 + Below(16) };
        schedule = schedule with
        {
            Lost = Below(3) == 0 ? Below(200) : 0,
            Doubled = Below(3) == 0 ? Below(200) : 0,
            Late = Below(2) == 0 ? Below(150) : 0,
            Drift = Below(2) == 0 ? 0.05 : 0,
        };
        var faults = ImmutableArray.CreateBuilder<Fault>();
        for (var node = 0; node < schedule.Nodes; node++)
        {
            faults.Add(new Fault(Next() * 1_000, FaultKind.Demand, node, Value: Below(2 * schedule.Limit)));
        }

        for (var left = 3 + Below(14); left > 0; left--)
        {
            var kind = Below(3) == 0 ? FaultKind.Demand : Kinds[Below(Kinds.Length)];
            faults.Add(new Fault(
                Next() * schedule.Length * 0.9,
                kind,
                Below(schedule.Nodes),
                kind == FaultKind.CrashToEmpty || kind == FaultKind.CrashToStale ? Next() * 1_500 : Next() * Next() * 6_000,
                kind switch
                {
                    FaultKind.Demand => Below(2 * schedule.Limit),
                    FaultKind.Limit => 1 + Below(2 * schedule.Limit),
                    FaultKind.WallClock => Below(8_000) - 4_000,
                    _ => Below(5_000),
                }));
        }

        return WithFloor(schedule with { Faults = [.. faults.OrderBy(fault => fault.At)] });
    }

    /// <summary>In one of four, nodes have slots of their own: enough for those that are killed too, whose requests run on beside those of the next process.</summary>
    private static Schedule WithFloor(Schedule schedule)
    {
        if (Chance.Of(schedule.Seed, 71) > 0.25)
        {
            return schedule;
        }

        var settings = schedule.Settings with
        {
            Floor = 1 + (int)(Chance.Of(schedule.Seed, 72) * 3),
            MaxNodes = schedule.Nodes + schedule.Faults.Count(fault => fault.Kind == FaultKind.Kill),
        };
        var reserved = (int)settings.Reserved;
        return schedule with
        {
            Settings = settings,
            Limit = schedule.Limit + reserved,
            Faults = [.. schedule.Faults.Select((fault, i) => fault.Kind == FaultKind.Limit && Chance.Of(schedule.Seed, 73, (ulong)i) < 0.5 ? fault with { Value = fault.Value + reserved } : fault)],
        };
    }
}
