using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.Tests.Readme;

/// <summary>What the README shows is what this folder compiles and runs, line by line.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Snippets_EveryLine_StandsInACompiledFileOfThisFolder() => Snippets.AssertCompiled(typeof(ReadmeTests).Assembly);

    [Fact]
    public void Snippets_TheFirst_StandsByLineTwenty()
    {
        var lines = Snippets.Readme(typeof(ReadmeTests).Assembly).Split('\n');

        Assert.InRange(Array.IndexOf(lines, "```"), 1, 19);
    }

    [Fact]
    public async Task QuickStart_Run_GivesTheAnswer() => Assert.Equal("[[prompt]]", await QuickStart.RunAsync(CancellationToken.None).Within());

    [Fact]
    public async Task InAnApplication_Resolved_SendsThroughItsClient()
    {
        await using var provider = (ServiceProvider)InAnApplication.Build();

        Assert.Equal(new Completion("[x]"), await provider.GetRequiredService<Invoices>().DescribeAsync(new Prompt("x"), CancellationToken.None).Within());
    }

    [Fact]
    public async Task Delegates_Run_GiveTheReportAndTheLease()
    {
        using var balancer = new WeightedBalancer(2);

        Assert.Equal((new Report("sales"), 2), await Delegates.RunAsync(balancer.Register("client"), new Database(), CancellationToken.None).Within());

        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Recipes_Run_DoWhatTheReadmeSays()
    {
        await using var balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 2, MaxQueueLength = 0 });
        var client = balancer.Register("client");
        var documents = new[] { new Prompt("a"), new Prompt("b"), new Prompt("c") }.ToAsyncEnumerable();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Gpu:Limit"] = "8", ["Gpu:Clients:billing:Weight"] = "2" };
        await using var provider = Recipes.Configured(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

        Assert.Equal("Hi, you.", await Recipes.StreamAsync(client, new Llm(", ", "you", "."), "Hi", CancellationToken.None).Within());
        Assert.Equal(1000, (await Recipes.QueryAsync().Within()).Rows);
        Assert.Equal("asked", await Recipes.AskPartnerAsync(client, CancellationToken.None).Within());
        Assert.Equal(3, await Recipes.NightlyAsync(balancer, new FragileServer(), documents, CancellationToken.None).Within());
        Assert.Equal(2, provider.GetRequiredKeyedService<IClientHandle<Prompt, Completion>>("gpu/billing").Weight);
        var both = new[] { client.Take(), client.Take() };
        Assert.StartsWith("later", await Recipes.AskPartnerAsync(client, CancellationToken.None).Within(), StringComparison.Ordinal);
        Array.ForEach(both, lease => lease.Dispose());
        Integrity.Check(balancer);
    }
}
