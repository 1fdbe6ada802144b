namespace KiwiBalancer.Redis.Tests.Schedules;

/// <summary>Makes a schedule that breaks a promise as small as it goes: fewer faults, a better network, exact clocks.</summary>
internal static class Shrinking
{
    /// <summary>The violation of a schedule, if it has one.</summary>
    public static Violation? Violation(Schedule schedule, Mutant? mutant = null)
    {
        try
        {
            Simulation.Run(schedule, mutant);
            return null;
        }
        catch (Violation violation)
        {
            return violation;
        }
    }

    /// <summary>A schedule that breaks the same promise, from which nothing can be left out.</summary>
    public static Schedule Shrink(Schedule schedule, Mutant? mutant = null)
    {
        var invariant = Violation(schedule, mutant)!.Invariant;
        while (true)
        {
            var smaller = Smaller(schedule).FirstOrDefault(candidate => Violation(candidate, mutant)?.Invariant == invariant);
            if (smaller is null)
            {
                return schedule;
            }

            schedule = smaller;
        }
    }

    /// <summary>What happened, for whoever has to understand it.</summary>
    public static string Story(Schedule schedule, Mutant? mutant = null)
    {
        var simulation = new Simulation(schedule, mutant) { Trace = [] };
        try
        {
            simulation.RunTo(schedule.Length);
        }
        catch (Violation violation)
        {
            return $"{violation.Message}\n{schedule}\n{string.Join('\n', simulation.Trace.TakeLast(60))}";
        }

        return $"{schedule}\n(no violation)";
    }

    private static IEnumerable<Schedule> Smaller(Schedule schedule)
    {
        for (var size = schedule.Faults.Length / 2; size >= 1; size /= 2)
        {
            for (var at = 0; at + size <= schedule.Faults.Length; at += size)
            {
                yield return schedule with { Faults = schedule.Faults.RemoveRange(at, size) };
            }
        }

        if (schedule.Lost > 0)
        {
            yield return schedule with { Lost = 0 };
        }

        if (schedule.Doubled > 0)
        {
            yield return schedule with { Doubled = 0 };
        }

        if (schedule.Late > 0)
        {
            yield return schedule with { Late = 0 };
        }

        if (schedule.Drift > 0)
        {
            yield return schedule with { Drift = 0 };
        }

        if (schedule.Nodes > 2)
        {
            yield return schedule with { Nodes = schedule.Nodes - 1, Faults = [.. schedule.Faults.Where(fault => fault.Node < schedule.Nodes - 1)] };
        }
    }
}
