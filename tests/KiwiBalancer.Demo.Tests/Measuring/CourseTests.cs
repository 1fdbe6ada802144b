using KiwiBalancer.Demo.Load;
using KiwiBalancer.Demo.Measuring;

namespace KiwiBalancer.Demo.Tests.Measuring;

public sealed class CourseTests
{
    [Fact]
    public void Means_OfAValueOverPartsOfTheBins_AreWeightedByTime()
    {
        var bins = new TimeBins(100, 140, 4);

        bins.Add(105, 125, 2);
        bins.Add(138, 900, 10);

        Assert.Equal([1, 2, 1, 2], bins.Means().Select(m => Math.Round(m, 9)));
    }

    [Fact]
    public void Visit_LimitAndWeightsThatChange_SharesByWhatIsInForce()
    {
        RequestRecord[] records = [Request(0, 10, 40), Request(0, 10, 40), Request(1, 10, 40), Request(1, 10, 40)];
        InForce[] terms = [new(0, 2, [1, 1]), new(20, 4, [1, 1]), new(30, 2, [3, 1]), new(35, 0, [3, 1])];
        var shares = new List<(long Start, double First, double Second, bool IsContended)>();

        DemandSweep.Visit(terms, records, span => shares.Add((span.Start, span.Shares[0], span.Shares[1], span.IsContended)));

        Assert.Equal([(10, 1, 1, true), (20, 2, 2, true), (30, 1.5, 0.5, true), (35, 0, 0, false)], shares);
    }

    [Fact]
    public void AddTo_SameNumberChangedAgainAtOnce_KeepsTheLast()
    {
        List<CourseEvent> events = [];

        foreach (CourseEvent happened in (CourseEvent[])[new(1, "limit 110"), new(1.2, "limit 120"), new(1.4, "a weight 2"), new(1.5, "b weight 2"), new(3, "b weight 3"), new(3.1, "a done"), new(3.2, "b done")])
        {
            happened.AddTo(events);
        }

        Assert.Equal("limit 120, a weight 2, b weight 2, b weight 3, a done, b done", string.Join(", ", events.Select(e => e.Text)));
    }

    [Fact]
    public void AddTo_Reserve_BringsClientsThatAreNotSentByThemselves()
    {
        var scenario = new Scenario(2, [("a", 1), ("delta", 3)], [new PlannedRequest(0, default, TimeSpan.FromSeconds(1)), new PlannedRequest(1, default, TimeSpan.FromSeconds(3))]);

        Scenario with = Reserve.AddTo(scenario);

        Assert.Equal((2, 2), (with.PlannedClients, with.Requests.Count));
        Assert.Equal("epsilon", with.Clients[2].Name);
        Assert.Equal(with.Clients.Count, with.Clients.Select(c => c.Name).Distinct(StringComparer.Ordinal).Count());
        (int first, IReadOnlyList<PlannedRequest> requests) = with.ReserveOf(3);

        // Four seconds of two slots at two seconds a request, behind the two planned and the four of the reserve before it.
        Assert.Equal((6, 4), (first, requests.Count));
        Assert.All(requests, r => Assert.Equal(3, r.Client));
        Assert.Equal(2 + (4 * (with.Clients.Count - 2)), with.AllRequests);
    }

    private static RequestRecord Request(int client, long sent, long ended) => new() { Client = client, Cost = 1, Sent = sent, Ended = ended, Endings = 1 };
}
