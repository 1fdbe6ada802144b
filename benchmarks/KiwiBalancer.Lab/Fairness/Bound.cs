using System.Globalization;

namespace KiwiBalancer.Lab.Fairness;

/// <summary>A number that must not be exceeded.</summary>
/// <param name="Promise">F1 to F9, or another name of what it belongs to.</param>
/// <param name="What">What is measured, short enough for the head of a column.</param>
/// <param name="AtMost">The margin.</param>
/// <param name="Unit">% (of a fraction), D, slot·D, or nothing.</param>
/// <param name="Measure">Reads it from an outcome.</param>
internal sealed record Bound(string Promise, string What, double AtMost, string Unit, Func<Outcome, double> Measure)
{
    // What is exact in the model may be off by a rounding in the sums.
    private const double Rounding = 1e-6;

    public bool IsKeptBy(Outcome outcome) => outcome.Failure is null && Measure(outcome) <= AtMost + Rounding;

    public string Show(double value)
    {
        if (!double.IsFinite(value))
            return "never";
        var shown = Unit == "%" ? value * 100 : value;
        if (Math.Abs(shown) < Rounding)
            shown = 0;
        var digits = Math.Abs(shown) switch { >= 1000 => "N0", >= 100 => "0", >= 10 => "0.#", >= 0.01 => "0.###", _ => "0.#####" };
        return shown.ToString(digits, CultureInfo.InvariantCulture) + (Unit.Length == 0 ? "" : $" {Unit}");
    }
}
