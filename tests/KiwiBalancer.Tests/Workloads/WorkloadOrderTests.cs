using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Workloads;

public sealed class WorkloadOrderTests : IDisposable
{
    private readonly WeightedBalancer _balancer = new(3);
    private readonly NumberedServer _server = new();

    public void Dispose() => _balancer.Dispose();

    [Fact]
    public async Task SendAll_RequestsThatEndOutOfOrder_YieldsResultsAsTheyFinish()
    {
        var client = _balancer.Register("a").For(_server);
        var read = new List<(long, int, int)>();
        var reading = client.SendAllAsync(Enumerable.Range(0, 5)).ReadAsync(result =>
        {
            lock (read)
            {
                read.Add((result.Index, result.Request, result.Response));
            }
        });

        foreach (var request in new[] { 2, 0, 3, 4, 1 })
        {
            _server.End(request);
            Eventually.True(
                () =>
                {
                    lock (read)
                    {
                        return read.Count > 0 && read[^1].Item2 == request;
                    }
                },
                $"the result of {request} is read");
        }

        await reading.Within();
        Assert.Equal([(2, 2, 20), (0, 0, 0), (3, 3, 30), (4, 4, 40), (1, 1, 10)], read);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task SendAll_MoreThanTheLimit_SendsInTheOrderOfTheWorkload()
    {
        _balancer.Limit = 1;
        var client = _balancer.Register("a").For(_server);
        var reading = client.SendAllAsync(Enumerable.Range(0, 20), new() { MaxOutstanding = 10 }).ReadAsync();

        for (var request = 0; request < 20; request++)
        {
            _server.WaitFor(request);
            _server.End(request);
        }

        Assert.Equal(Enumerable.Range(0, 20), (await reading.Within()).Select(result => result.Request));
        Assert.Equal(Enumerable.Range(0, 20), _server.Started);
        Assert.Equal(1, _server.Most);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task SendAll_EmptyWorkload_EndsAtOnceAndDisposesIt()
    {
        var workload = new WatchedWorkload(0);
        Assert.Empty(await _balancer.Register("a").For(_server).SendAllAsync(workload).ReadAsync().Within());
        Assert.Equal((1, 1), (workload.Enumerations, workload.Disposals));
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task SendAll_NotEnumerated_PullsNothing()
    {
        var workload = new WatchedWorkload(5);
        var results = _balancer.Register("a").For(_server).SendAllAsync(workload);
        await using (results.GetAsyncEnumerator())
        {
            Assert.Equal(0, workload.Enumerations);
        }

        Assert.Equal(0, workload.Enumerations);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task SendAll_EnumeratedTwice_SendsTheWorkloadAnew()
    {
        var workload = new WatchedWorkload(5);
        var results = _balancer.Register("a").For((int request, CancellationToken _) => ValueTask.FromResult(request)).SendAllAsync(workload);

        for (var i = 1; i <= 2; i++)
        {
            Assert.Equal([0, 1, 2, 3, 4], (await results.ReadAsync().Within()).Select(result => result.Response).Order());
            Assert.Equal((i, i, 5 * i), (workload.Enumerations, workload.Disposals, workload.Pulled));
        }

        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task SendAll_RequestsOfSeveralSlots_TakesTheirCost()
    {
        var client = _balancer.Register("a").For(_server, cost: request => 1 + (request % 3));
        var reading = client.SendAllAsync(Enumerable.Range(0, 3)).ReadAsync();

        _server.WaitFor(0, 1);
        Eventually.True(() => (client.InFlight, client.Waiting) == (3, 1), "the third request waits");
        _server.End(0);
        _server.End(1);
        _server.End(2);

        Assert.Equal(3, (await reading.Within()).Count);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task SendAll_CallersContext_FlowsToTheRequests()
    {
        var local = new AsyncLocal<string?> { Value = "mine" };
        var client = _balancer.Register("a").For((int _, CancellationToken _) => ValueTask.FromResult(local.Value));

        var results = await client.SendAllAsync(Enumerable.Range(0, 50)).ReadAsync().Within();

        Assert.All(results, result => Assert.Equal("mine", result.Response));
        Integrity.Check(_balancer);
    }
}
