using System.Text.Json;
using KiwiBalancer.Lab.Fairness;
using KiwiBalancer.Lab.Rivals;

namespace KiwiBalancer.Lab.Tests.Fairness;

public sealed class FairnessCommandTests
{
    [Fact]
    public async Task Run_AScenarioThatHolds_ExitsWithZeroAndNamesTheRivalsThatFail()
    {
        var output = new StringWriter();
        var error = new StringWriter();

        var code = await LabApp.RunAsync(["fairness", "--scenario", "limit-changes"], output, error);

        Assert.Equal(0, code);
        Assert.Empty(error.ToString());
        Assert.Contains("FIFO: F2 in limit-changes; F7 in limit-changes", output.ToString());
        Assert.Contains("all promises held in 1 scenarios, seed 1", output.ToString());
    }

    [Fact]
    public async Task Run_APromiseThatDoesNotHold_ExitsWithOneAndNamesIt()
    {
        var demanding = ScenarioList.Named("cockroach-order") with { Promises = [new Bound("F9", "events", 3, "", o => o.Events)] };
        var error = new StringWriter();

        var code = await LabApp.RunAsync(["fairness"], TextWriter.Null, error, [new FairnessCommand([demanding])]);

        Assert.Equal(1, code);
        Assert.Matches("^cockroach-order: F9 is broken: events [0-9]+, at most 3\n$", error.ToString());
    }

    [Fact]
    public async Task Run_JsonAndChart_WritesBoth()
    {
        var folder = Directory.CreateTempSubdirectory("kiwi-lab");
        try
        {
            var file = Path.Combine(folder.FullName, "fairness.json");
            var code = await LabApp.RunAsync(["fairness", "--scenario", "cockroach-order", "--json", file, "--chart", folder.FullName, "--seed", "4"], TextWriter.Null, TextWriter.Null);
            Assert.Equal(0, code);

            using var report = JsonDocument.Parse(await File.ReadAllTextAsync(file));
            var root = report.RootElement;
            Assert.Equal(4, root.GetProperty("seed").GetInt32());
            Assert.True(root.GetProperty("held").GetBoolean());
            var scenario = Assert.Single(root.GetProperty("scenarios").EnumerateArray());
            Assert.Equal("cockroach-order", scenario.GetProperty("name").GetString());
            Assert.Equal(Contestant.All.Select(c => c.Name), scenario.GetProperty("policies").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
            var fifo = scenario.GetProperty("policies")[1];
            Assert.False(fifo.GetProperty("held").GetBoolean());
            var promise = fifo.GetProperty("promises").EnumerateArray().Single(p => p.GetProperty("promise").GetString() == "F2");
            Assert.Equal(3, promise.GetProperty("measured").GetDouble());
            Assert.Equal(0, promise.GetProperty("atMost").GetDouble());
            Assert.False(promise.GetProperty("held").GetBoolean());
            foreach (var name in new[] { "maxDeviation", "jain", "lagBehind", "lagAhead", "idleSlotTime", "worstSettling" })
                Assert.Equal(JsonValueKind.Number, fifo.GetProperty(name).ValueKind);
            foreach (var name in new[] { "p50", "p99", "max" })
                Assert.Equal(JsonValueKind.Number, fifo.GetProperty("clients")[0].GetProperty("waits").GetProperty(name).ValueKind);

            var picture = await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "cockroach-order.png"));
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], picture[..4]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Broken_APolicyThatBreaksAPromise_IsSeen()
    {
        // The same scenario, with FIFO in the place of ours: what makes the exit code 1.
        var scenario = ScenarioList.Named("whole-shares");
        var result = new ScenarioResult(scenario, [(Contestant.Kiwi, Stage.Play(scenario, Contestant.Fifo, seed: 1))]);

        Assert.Equal(["F2", "F3"], result.Broken.Select(b => b.Promise));
    }

    [Fact]
    public void Play_ThePolicyGoesAboveTheLimit_FailsEveryPromise()
    {
        var scenario = ScenarioList.Named("cockroach-order");
        var result = new ScenarioResult(scenario, [(Contestant.Kiwi, Stage.Play(scenario, new Contestant("greedy", "a test", () => new GreedyPolicy()), seed: 1))]);

        Assert.Equal(result.Promises, result.Broken);
        Assert.Contains("in flight of 7", result.Ours.Failure);
    }

    [Fact]
    public void Scenarios_Names_AreDistinctAndFitForFiles()
    {
        Assert.Equal(ScenarioList.All.Count, ScenarioList.All.Select(s => s.Name).Distinct().Count());
        Assert.All(ScenarioList.All, s => Assert.Matches("^[a-z0-9-]+$", s.Name));
    }

    [Fact]
    public void Scenarios_Promises_CoverAllNineAndTenAttackers()
    {
        var promised = ScenarioList.All.SelectMany(s => s.Promises.Concat(Promises.Always)).Select(b => b.Promise).ToHashSet();

        Assert.Superset(Enumerable.Range(1, 9).Select(i => $"F{i}").ToHashSet(), promised);
        Assert.True(ScenarioList.All.Count(s => s.Name.StartsWith("attack-", StringComparison.Ordinal)) >= 10);
    }
}
