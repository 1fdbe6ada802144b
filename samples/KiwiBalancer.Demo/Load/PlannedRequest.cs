namespace KiwiBalancer.Demo.Load;

/// <summary>A request of the scenario.</summary>
/// <param name="Client">The index of the client that sends it.</param>
/// <param name="Due">When it is sent, from the start of the run.</param>
/// <param name="Hold">How long it runs at the server.</param>
/// <param name="Cost">The slots it takes.</param>
internal readonly record struct PlannedRequest(int Client, TimeSpan Due, TimeSpan Hold, int Cost = 1);
