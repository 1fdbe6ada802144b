using KiwiBalancer.Demo.Arguments;
using KiwiBalancer.Demo.Load;

namespace KiwiBalancer.Demo.Tests.Arguments;

public sealed class DemoCommandTests
{
    [Fact]
    public async Task Run_Help_DescribesEveryOptionOfTheContract()
    {
        DemoResult result = await DemoResult.OfAsync("--help");

        Assert.Equal(ExitCode.Kept, result.ExitCode);
        Assert.Equal("", result.Error);
        foreach (string option in (string[])["--limit", "--clients", "--seconds", "--strategy", "--baseline", "--trace", "--speed", "--json", "--chart", "--plain"])
        {
            Assert.Contains(option, result.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Parse_Nothing_GivesTheDefaultScenario()
    {
        DemoArguments arguments = new DemoCommand().Parse([]);

        Assert.Equal(100, arguments.Limit);
        Assert.Equal([("alpha", 1), ("beta", 1), ("gamma", 2)], arguments.Clients.Select(c => (c.Name, c.Weight)));
        Assert.Equal(new DurationRange(100, 300), arguments.Duration);
        Assert.Equal(Sharing.Weighted, arguments.Sharing);
        Assert.Equal(0.99, arguments.LeastUtilisation);
    }

    [Fact]
    public void Parse_Clients_ReadsNamesWeightsAndRequests()
    {
        DemoArguments arguments = new DemoCommand().Parse(["--clients", "billing:2:500,search:1000000", "--seconds", "2.5"]);

        Assert.Equal([new ClientArgument("billing", 2, 500), new ClientArgument("search", 1_000_000, null)], arguments.Clients);
        Assert.Equal(2.5, arguments.Seconds);
    }

    [Fact]
    public void Parse_TraceWithColonsInItsPath_ReadsClientAndWeightFromTheRight()
    {
        // On Windows the drive brings a colon, elsewhere the name may have one.
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + (OperatingSystem.IsWindows() ? ".csv" : ":x.csv"));
        File.WriteAllText(path, "");
        try
        {
            DemoArguments arguments = new DemoCommand().Parse(["--trace", path + ":chat:3", "--speed", "120"]);

            Assert.Equal(new TraceArgument(path, "chat", 3), Assert.Single(arguments.Traces));
            Assert.Equal(120, arguments.Speed);
            Assert.Equal(0.97, arguments.LeastUtilisation);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Parse_Baseline_IsWhatTheReportNames() =>
        Assert.Equal(Sharing.Semaphore, new DemoCommand().Parse(["--strategy", "weighted", "--baseline", "semaphore"]).Sharing);

    [Fact]
    public void Parse_BaselineBoth_JudgesTheBalancer()
    {
        DemoArguments arguments = new DemoCommand().Parse(["--baseline", "both", "--chart", "x.png"]);

        Assert.Equal(Baseline.Both, arguments.Baseline);
        Assert.Equal(Sharing.Weighted, arguments.Sharing);
        Assert.Equal("x.png", arguments.ChartPath);
    }

    [Theory]
    [InlineData("weighted", typeof(WeightedBalancer))]
    [InlineData("roundrobin", typeof(RoundRobinBalancer))]
    [InlineData("single", typeof(SingleClientBalancer))]
    [InlineData("batch", typeof(BatchBalancer))]
    public async Task Parse_Strategy_IsTheBalancerOfThatName(string name, Type type)
    {
        Sharing sharing = new DemoCommand().Parse(["--strategy", name]).Sharing;

        await using Balancer balancer = sharing.MakeBalancer(new KiwiBalancerOptions { Limit = 1 });
        Assert.Equal(name, sharing.Name);
        Assert.IsType(type, balancer);
    }
}
