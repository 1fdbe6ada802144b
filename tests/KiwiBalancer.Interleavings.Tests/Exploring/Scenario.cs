namespace KiwiBalancer.Interleavings.Tests.Exploring;

/// <summary>A stage and how thoroughly it is explored.</summary>
/// <param name="Name">What happens at once.</param>
/// <param name="Make">Makes the stage.</param>
/// <param name="Preemptions">At most so many in one course.</param>
internal sealed record Scenario(string Name, Func<Stage> Make, int Preemptions);
