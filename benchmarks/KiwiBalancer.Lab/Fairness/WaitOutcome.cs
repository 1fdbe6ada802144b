namespace KiwiBalancer.Lab.Fairness;

/// <summary>How long requests waited, in D.</summary>
internal sealed record WaitOutcome(double P50, double P99, double Max)
{
    public static WaitOutcome Of(IReadOnlyCollection<double> waits)
    {
        if (waits.Count == 0)
            return new WaitOutcome(0, 0, 0);
        double[] sorted = [.. waits.Order()];
        return new WaitOutcome(At(sorted, 0.5), At(sorted, 0.99), sorted[^1]);
    }

    // Nearest rank: a value that was measured.
    private static double At(double[] sorted, double part) => sorted[Math.Clamp((int)Math.Ceiling(part * sorted.Length) - 1, 0, sorted.Length - 1)];
}
