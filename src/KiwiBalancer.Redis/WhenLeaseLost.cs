namespace KiwiBalancer;

/// <summary>What becomes of requests that run when the lease ends without another: the engine was not reached in time.</summary>
public enum WhenLeaseLost
{
    /// <summary>They finish. <see cref="RedisLimitOptions.Linger"/> must cover the longest of them.</summary>
    Finish,

    /// <summary>
    /// Their tokens fire, a margin before the engine takes the lease to end, so that a server that heeds them is empty when the slots go to others. <see cref="RedisLimitOptions.Linger"/> need only cover how long it takes to end.
    /// A lease taken by hand (<c>AcquireAsync</c>) has no token: whoever holds it must look at <see cref="RedisLimit.Status"/> himself, or use <c>RunAsync</c>.
    /// </summary>
    Cancel,
}
