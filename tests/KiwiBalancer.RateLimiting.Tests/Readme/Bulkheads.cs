using Polly;

namespace KiwiBalancer.RateLimiting.Tests.Readme;

internal sealed class Bulkheads : IAsyncDisposable
{
    private readonly WeightedBalancer _balancer;

    public Bulkheads()
    {
var balancer = new WeightedBalancer(limit: 20);                       // the one cap
var search = balancer.Register(new BalancerClientOptions { Name = "search", MaxInFlight = 5 });
var vip = balancer.Register(new BalancerClientOptions { Name = "vip", Weight = 10 });

ResiliencePipeline searchPipeline = new ResiliencePipelineBuilder().AddRateLimiter(search.AsRateLimiter()).Build();
ResiliencePipeline vipPipeline = new ResiliencePipelineBuilder().AddRateLimiter(vip.AsRateLimiter()).Build();

        (_balancer, Search, Vip) = (balancer, searchPipeline, vipPipeline);
    }

    public ResiliencePipeline Search { get; }

    public ResiliencePipeline Vip { get; }

    public IBalancer Balancer => _balancer;

    public ValueTask DisposeAsync() => _balancer.DisposeAsync();
}
