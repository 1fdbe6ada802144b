using KiwiBalancer.Demo.Arguments;
using KiwiBalancer.Demo.Load;

namespace KiwiBalancer.Demo.Tests.Load;

public sealed class StaggeredScenarioTests
{
    [Fact]
    public void Create_Default_FillsFifteenSecondsOfAHundredSlots()
    {
        Scenario scenario = StaggeredScenario.Create(new DemoArguments());

        // Alone for 2 s, two for 2 s, three at 25/25/50 until 10 s, two until 15 s; 0.2 s a request.
        Assert.Equal([3500, 2500, 1500], scenario.Clients.Select(c => c.Requests));
        Assert.InRange(scenario.LeastDuration.TotalSeconds, 14.5, 15.5);
        Assert.All(scenario.Requests, r => Assert.InRange(r.Hold.TotalMilliseconds, 100, 300));
        Assert.Equal([0, 2, 4], Arrivals(scenario));
    }

    [Fact]
    public void Create_Twice_GivesTheSameRequests() =>
        Assert.Equal(StaggeredScenario.Create(new DemoArguments()).Requests, StaggeredScenario.Create(new DemoArguments()).Requests);

    [Fact]
    public void Create_WorkloadsGiven_SpacesTheArrivalsByTheTimeTheyTake()
    {
        Scenario scenario = StaggeredScenario.Create(new DemoArguments { Limit = 4, Clients = [new("a", 1, 200), new("b", 2, 100)] });

        // 300 requests of 0.2 s on 4 slots take 15 s.
        Assert.Equal([200, 100], scenario.Clients.Select(c => c.Requests));
        Assert.Equal([0, 2], Arrivals(scenario));
    }

    [Fact]
    public void Create_OneClient_StaysToTheEnd()
    {
        Scenario scenario = StaggeredScenario.Create(new DemoArguments { Limit = 10, Clients = [new("a", 5, null)], Seconds = 2 });

        Assert.Equal(100, Assert.Single(scenario.Clients).Requests);
    }

    [Fact]
    public void Create_AHundredClients_AllArriveBeforeTheHeaviestIsToFinish()
    {
        Scenario scenario = StaggeredScenario.Create(new DemoArguments { Clients = [.. Enumerable.Range(0, 100).Select(i => new ClientArgument($"c{i}", 1, null))] });

        Assert.All(Arrivals(scenario), at => Assert.InRange(at, 0, 6));
        Assert.All(scenario.Clients, c => Assert.True(c.Requests > 0));
    }

    private static IEnumerable<double> Arrivals(Scenario scenario) =>
        scenario.Requests.GroupBy(r => r.Client).OrderBy(g => g.Key).Select(g => g.Min(r => r.Due).TotalSeconds);
}
