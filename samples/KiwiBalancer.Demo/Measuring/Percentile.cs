namespace KiwiBalancer.Demo.Measuring;

/// <summary>Percentiles by nearest rank: always a value that was measured, never one in between.</summary>
internal static class Percentile
{
    /// <param name="sorted">The values, ascending.</param>
    /// <param name="percent">Above 0, at most 100.</param>
    /// <returns>The least value that at least so many percent of all do not exceed; 0 if there are none.</returns>
    public static double Of(ReadOnlySpan<double> sorted, double percent) =>
        sorted.IsEmpty ? 0 : sorted[Math.Max(0, (int)Math.Ceiling(percent / 100 * sorted.Length) - 1)];
}
