namespace KiwiBalancer.Lab.Scale;

/// <summary>One size of one scenario.</summary>
/// <param name="Scenario">What was made many.</param>
/// <param name="Count">How many there were.</param>
/// <param name="Nanoseconds">Per request: the median of the rounds.</param>
/// <param name="Bytes">Held by each of the many.</param>
/// <param name="Kept">Whether every request was answered and every slot came back.</param>
internal sealed record ScalePoint(string Scenario, int Count, double Nanoseconds, double Bytes, bool Kept);
