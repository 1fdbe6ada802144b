using ScottPlot;
using ScottPlot.TickGenerators;

namespace KiwiBalancer.Lab.Fairness.Chart;

/// <summary>An axis of decimal logarithms, labelled with the numbers themselves.</summary>
internal static class LogAxis
{
    public static void Label(IAxis axis) => axis.TickGenerator = new NumericAutomatic
    {
        MinorTickGenerator = new LogMinorTickGenerator(),
        IntegerTicksOnly = true,
        LabelFormatter = static power => Math.Pow(10, power).ToString("N0", System.Globalization.CultureInfo.InvariantCulture),
    };
}
