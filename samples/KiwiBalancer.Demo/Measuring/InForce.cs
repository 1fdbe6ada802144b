namespace KiwiBalancer.Demo.Measuring;

/// <summary>What was in force from a moment of the run until the next of its kind.</summary>
/// <param name="From">When it began, a <see cref="System.Diagnostics.Stopwatch"/> timestamp; 0 for the whole run.</param>
/// <param name="Limit">The slots that could be held at once; 0 while paused.</param>
/// <param name="Weights">The weight of each client.</param>
internal sealed record InForce(long From, int Limit, IReadOnlyList<int> Weights);
