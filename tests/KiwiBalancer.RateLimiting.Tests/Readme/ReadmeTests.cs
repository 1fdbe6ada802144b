using KiwiBalancer.RateLimiting.Tests.Hosts;
using KiwiBalancer.Tests.Readme;
using KiwiBalancer.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;

namespace KiwiBalancer.RateLimiting.Tests.Readme;

/// <summary>What the package's README shows is what this folder compiles and runs; the policies for a client and for a cluster run in <see cref="Hosts"/>.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Snippets_EveryLine_StandsInACompiledFileOfThisFolder() => Snippets.AssertCompiled(typeof(ReadmeTests).Assembly);

    [Fact]
    public async Task Bulkheads_MoreCallersThanSlots_StayUnderTheirOwnCapsAndTheOneForAll()
    {
        await using var bulkheads = new Bulkheads();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = Enumerable.Range(0, 30).SelectMany(_ => new[] { bulkheads.Search, bulkheads.Vip }).Select(pipeline => pipeline.ExecuteAsync(_ => new ValueTask(gate.Task)).AsTask()).ToArray();

        Eventually.True(() => bulkheads.Balancer.GetSnapshot().Waiting == 40, "all have called");
        Assert.Equal(["search 5", "vip 15"], bulkheads.Balancer.GetSnapshot().Clients.Select(client => $"{client.Name} {client.InFlight}").ToArray());

        gate.SetResult();
        await Task.WhenAll(running).Within();
    }

    [Theory]
    [InlineData("high", "high")]
    [InlineData("made up", "normal")]
    [InlineData(null, "normal")]
    public async Task ByPriority_TheHeader_ChoosesTheClient(string? header, string expected)
    {
        await using var balancer = new WeightedBalancer(2);
        var (_, normal) = (balancer.Register("high", weight: 10), balancer.Register("normal"));
        await using var server = await StartAsync(options => Policies.ByPriority(options, balancer, normal), "by-priority");

        await RunOneAsync(server, HttpMethod.Get, header, () => Assert.Equal(expected, balancer.GetSnapshot().Clients.Single(client => client.InFlight == 1).Name));
    }

    [Theory]
    [InlineData("GET", 1)]
    [InlineData("POST", 2)]
    public async Task ByCost_TheMethod_ChoosesTheSlots(string method, int slots)
    {
        await using var balancer = new WeightedBalancer(10);
        var client = balancer.Register("a");
        await using var server = await StartAsync(options => Policies.ByCost(options, client), "by-cost");

        await RunOneAsync(server, new HttpMethod(method), header: null, () => Assert.Equal(slots, client.InFlight));
    }

    private static Task<WorkServer> StartAsync(Action<RateLimiterOptions> addPolicy, string policy) => WorkServer.StartAsync(builder => builder.Services.AddRateLimiter(addPolicy), policy);

    private static async Task RunOneAsync(WorkServer server, HttpMethod method, string? header, Action whileItRuns)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(server.Address, "work"));
        if (header is not null)
        {
            request.Headers.Add("X-Priority", header);
        }

        var sending = http.SendAsync(request);
        var item = await server.NextAsync();
        whileItRuns();
        item.Done.SetResult();
        using var response = await sending.Within();
        response.EnsureSuccessStatusCode();
    }
}
