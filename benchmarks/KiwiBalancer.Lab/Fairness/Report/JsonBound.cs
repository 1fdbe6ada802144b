namespace KiwiBalancer.Lab.Fairness.Report;

internal sealed record JsonBound(string Promise, string What, string Unit, double? Measured, double AtMost, bool Held)
{
    public static JsonBound Of(Bound bound, Outcome outcome) =>
        new(bound.Promise, bound.What, bound.Unit, Finite(bound.Measure(outcome)), bound.AtMost, bound.IsKeptBy(outcome));

    // JSON has no infinity.
    public static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
