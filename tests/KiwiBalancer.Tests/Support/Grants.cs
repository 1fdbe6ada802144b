namespace KiwiBalancer.Tests.Support;

/// <summary>What must have been granted by now, because the thread that asks has made it so.</summary>
internal static class Grants
{
    /// <summary>The lease of a request that has been granted already.</summary>
    public static SlotLease Granted(this ValueTask<SlotLease> request)
    {
        Assert.True(request.IsCompleted, "The request should have been granted by now.");
        return request.Result;
    }

    /// <summary>A slot that is free.</summary>
    public static SlotLease Take(this IClientHandle client, int cost = 1)
    {
        Assert.True(client.TryAcquire(cost, out var lease), "A slot should have been free.");
        return lease;
    }
}
