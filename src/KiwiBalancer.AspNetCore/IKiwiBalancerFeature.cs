namespace KiwiBalancer;

/// <summary>What the gateway knows of a request that has its slot; in <c>HttpContext.Features</c> while the request is handled.</summary>
public interface IKiwiBalancerFeature
{
    /// <summary>The client that the request belongs to.</summary>
    IClientHandle Client { get; }

    /// <summary>The slots it holds. They are given back when its handler ends; a handler that has finished its work at the fragile server may dispose the lease sooner.</summary>
    SlotLease Lease { get; }
}
