using KiwiBalancer.Demo.Arguments;
using KiwiBalancer.Demo.Load;
using KiwiBalancer.Demo.Tests.Arguments;

namespace KiwiBalancer.Demo.Tests.Load;

public sealed class TraceScenarioTests
{
    [Fact]
    public void Create_TwoTraces_ShareTheEarliestTimestampAsOriginAndDivideEveryTimeBySpeed()
    {
        using var code = new TraceFile("TIMESTAMP,ContextTokens,GeneratedTokens", "2023-11-16 18:17:04.0000000,100,2", "2023-11-16 18:17:02.0000000,0,1");
        using var chat = new TraceFile("TIMESTAMP,ContextTokens,GeneratedTokens", "2023-11-16 18:17:00.0000000,50,1");

        Scenario scenario = TraceScenario.Create(new DemoArguments { Limit = 7, Speed = 10, Traces = [new(code.Path, "code", 1), new(chat.Path, "chat", 3)] });

        Assert.Equal(7, scenario.Limit);
        Assert.Equal([new ClientPlan("code", 1, 2), new ClientPlan("chat", 3, 1)], scenario.Clients);
        Assert.Equal(
            [
                new PlannedRequest(1, TimeSpan.Zero, TimeSpan.FromMilliseconds(4)),
                new PlannedRequest(0, TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(3)),
                new PlannedRequest(0, TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(8)),
            ],
            scenario.Requests);
    }
}
