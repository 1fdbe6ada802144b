namespace KiwiBalancer;

/// <summary>How <see cref="IClientHandle{TRequest, TResponse}.SendAllAsync"/> sends a workload. Read and checked by the call; later changes do nothing.</summary>
public sealed class SendAllOptions
{
    /// <summary>
    /// The window: how many requests may be pulled from the workload and not yet yielded as a result. This one number is the workload's demand for slots, its bound of memory and its back-pressure:
    /// a reader that does not read, or a server that does not answer, stops the pulling.
    /// </summary>
    /// <value>
    /// 1 or more. Default (null): the balancer's limit, or the client's <see cref="BalancerClientOptions.MaxInFlight"/> if that is less. Both may change while the workload runs and are looked at again
    /// whenever a result is yielded; while the balancer is paused (limit 0), the limit last configured counts.
    /// </value>
    public int? MaxOutstanding { get; set; }

    /// <summary>Whether a request that fails is one more result, with <see cref="SendResult{TRequest, TResponse}.Error"/>, instead of the end of the enumeration.</summary>
    /// <value>Default: false, the first error ends it.</value>
    public bool ContinueOnError { get; set; }
}
