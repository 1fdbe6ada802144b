namespace KiwiBalancer.Lab.Simulation;

/// <summary>Distributions of how long a request runs or a client thinks.</summary>
internal static class Durations
{
    public static readonly string[] Names = ["constant", "uniform", "exponential", "lognormal", "pareto", "mixed"];

    public static Func<Random, double> Constant(double value) => _ => value;

    public static Func<Random, double> Uniform(double from, double to) => random => from + ((to - from) * random.NextDouble());

    public static Func<Random, double> Exponential(double mean) => random => -mean * Math.Log(1 - random.NextDouble());

    public static Func<Random, double> LogNormal(double mean, double sigma) =>
        random => mean * Math.Exp((sigma * Normal(random)) - (sigma * sigma / 2));

    public static Func<Random, double> Pareto(double mean, double shape) =>
        random => mean * (shape - 1) / shape / Math.Pow(1 - random.NextDouble(), 1 / shape);

    /// <summary>One request in ten runs a hundred times as long as the others; the mean is <paramref name="mean"/>.</summary>
    public static Func<Random, double> Mixed(double mean) => random => mean / 10.9 * (random.Next(10) == 0 ? 100 : 1);

    /// <summary>A distribution with mean 1.</summary>
    public static Func<Random, double> Named(string name) => name switch
    {
        "constant" => Constant(1),
        "uniform" => Uniform(0.5, 1.5),
        "exponential" => Exponential(1),
        "lognormal" => LogNormal(1, 1),
        "pareto" => Pareto(1, 2.2),
        "mixed" => Mixed(1),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such distribution."),
    };

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
