using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.AspNetCore.Tests.Gateways;

/// <summary>Says for all its actions which balancer they go through, and for some of them something else.</summary>
[ApiController]
[Route("marked-controller")]
[RequireKiwiBalancer("gpu")]
public sealed class MarkedController([FromKeyedServices("gpu")] IBalancer balancer) : ControllerBase
{
    [HttpGet("all")]
    public string All() => $"gpu {balancer.GetSnapshot().InFlight}";

    [HttpGet("wide")]
    [RequireKiwiBalancer("gpu", Cost = 3)]
    public string Wide() => All();

    [HttpGet("free")]
    [DisableKiwiBalancer]
    public string Free() => All();
}
