namespace KiwiBalancer.RateLimiting.Tests.Hosts;

/// <summary>A request that runs at the server.</summary>
internal sealed class WorkItem(string client)
{
    public string Client => client;

    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
