using System.Globalization;

namespace KiwiBalancer.Tests.Support;

/// <summary>How long a search for bugs goes on: KIWI_EFFORT times as long as in a run that must be quick.</summary>
internal static class Effort
{
    private static readonly int Factor = Environment.GetEnvironmentVariable("KIWI_EFFORT") is { Length: > 0 } factor ? int.Parse(factor, CultureInfo.InvariantCulture) : 1;

    public static int Times(int count) => count * Factor;
}
