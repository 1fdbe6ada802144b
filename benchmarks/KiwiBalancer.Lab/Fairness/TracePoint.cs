namespace KiwiBalancer.Lab.Fairness;

/// <summary>What is true of a client from <paramref name="Time"/> on, and what it has had until then.</summary>
internal readonly record struct TracePoint(double Time, int InFlight, double Ideal, double Used, double Entitled);
