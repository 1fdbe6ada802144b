namespace KiwiBalancer.Demo.Load;

/// <summary>A client of the scenario.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weight">Its relative claim.</param>
/// <param name="Requests">How many requests it sends in all.</param>
internal sealed record ClientPlan(string Name, int Weight, int Requests);
