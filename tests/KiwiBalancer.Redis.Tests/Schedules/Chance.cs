namespace KiwiBalancer.Redis.Tests.Schedules;

/// <summary>Random numbers named by what they are for, so that one event more or less in a schedule leaves the others as they were: what makes shrinking work.</summary>
internal static class Chance
{
    /// <summary>0 to 1, the same for the same names.</summary>
    public static double Of(ulong seed, params ReadOnlySpan<ulong> names)
    {
        var hash = Mix(seed + 0x9E3779B97F4A7C15);
        foreach (var name in names)
        {
            hash = Mix(hash ^ Mix(name + 0x9E3779B97F4A7C15));
        }

        return (hash >> 11) * (1.0 / (1UL << 53));
    }

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
