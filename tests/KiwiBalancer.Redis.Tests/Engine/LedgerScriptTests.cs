using System.Collections.Concurrent;
using System.Collections.Immutable;
using Garnet;
using KiwiBalancer.Redis.Engine;
using KiwiBalancer.Redis.Ledger;
using KiwiBalancer.Redis.Tests.Support;
using StackExchange.Redis;

namespace KiwiBalancer.Redis.Tests.Engine;

/// <summary>The script does what <see cref="LedgerStep"/> does, field by field.</summary>
public class LedgerScriptTests
{
    private const string Resource = "llm";
    private static readonly string Key = LedgerScript.Key(Resource);

    [RedisFact]
    public async Task Step_OnRedisWithRandomReports_DoesWhatTheFunctionDoes()
    {
        await using var server = await RedisServer.StartAsync();
        await using var connection = await server.ConnectAsync();
        for (var seed = 0UL; seed < (Run.IsComplete ? 60UL : 12); seed++)
        {
            await CompareAsync(connection, seed, nodes: seed % 3 == 2 ? 60 : 8);
        }
    }

    [Fact]
    public async Task Step_OnEmbeddedGarnetWithRandomReports_DoesWhatTheFunctionDoes()
    {
        var port = LoopbackPort.Free();
        using var server = new GarnetServer(["--port", $"{port}", "--bind", "127.0.0.1", "--lua"]);
        server.Start();
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port},asyncTimeout=60000");
        for (var seed = 100UL; seed < (Run.IsComplete ? 120UL : 103); seed++)
        {
            await CompareAsync(connection, seed, nodes: 8);
        }
    }

    /// <summary>Gives both the same ledger and report, at every step, and compares all that comes of it. Time passes by moving what is stored into the past.</summary>
    private static async Task CompareAsync(ConnectionMultiplexer connection, ulong seed, int nodes)
    {
        var database = connection.GetDatabase();
        var pushed = new ConcurrentQueue<string>();
        var marks = new SemaphoreSlim(0);
        var channel = await connection.GetSubscriber().SubscribeAsync(RedisChannel.Pattern($"{Key}:*"));
        channel.OnMessage(message =>
        {
            if (message.Message == "mark")
            {
                marks.Release();
            }
            else
            {
                pushed.Enqueue($"{message.Channel} {message.Message}");
            }
        });

        var reports = new RandomReports(seed, nodes);
        FleetLedger? ledger = null;
        for (var step = 0; step < 300; step++)
        {
            var report = reports.Next();
            await database.KeyDeleteAsync(Key);
            if (reports.Below(200) == 0)
            {
                ledger = null;
            }

            if (ledger is not null)
            {
                ledger = Past(ledger, reports.Below(10) == 0 ? reports.Below(2_500) : reports.Below(60));
                ledger = reports.Below(150) == 0 ? ledger with { Run = "another" } : ledger;
                ledger = reports.Below(20) == 0 ? ledger with { NextRecompute = ledger.Now + 5_000 } : ledger;
                await database.HashSetAsync(Key, StoredLedger.Write(ledger));
            }

            var reply = LedgerScript.ReadReply(await database.ScriptEvaluateAsync(LedgerScript.Text, [Key], LedgerScript.Write(report)));
            var stored = StoredLedger.Read(await database.HashGetAllAsync(Key));
            await database.PublishAsync(RedisChannel.Literal($"{Key}:"), "mark");
            Assert.True(await marks.WaitAsync(TimeSpan.FromMinutes(1)), "The mark did not come.");

            var since = ledger is null ? stored.QuarantineFrom : stored.Now;
            var expected = LedgerStep.Step(ledger, report, new EngineMoment(stored.Now, stored.Run, since));
            var what = $"seed {seed}, step {step}: {report}";
            AssertSame(expected.Ledger with { Nodes = stored.Nodes }, stored, what);
            Assert.Equal(expected.Ledger.Nodes.Keys, stored.Nodes.Keys, StringComparer.Ordinal);
            foreach (var (node, entry) in expected.Ledger.Nodes)
            {
                AssertSame(entry, stored.Nodes[node], what);
            }

            AssertSame(expected.Reply, reply, what);
            Assert.Equal(expected.Pushes.Select(push => $"{LedgerScript.Channel(Resource, push.Node)} {push.Cap} {push.Seq}"), pushed, StringComparer.Ordinal);
            pushed.Clear();
            reports.Answered(report, reply);
            ledger = stored;
        }

        await channel.UnsubscribeAsync();
    }

    private static void AssertSame<T>(T expected, T actual, string what)
    {
        if (!Equals(expected, actual))
        {
            Assert.Fail($"{what}\nfunction: {expected}\nscript:   {actual}");
        }
    }

    private static FleetLedger Past(FleetLedger ledger, long by) => ledger with
    {
        Now = ledger.Now - by,
        QuarantineFrom = ledger.QuarantineFrom - by,
        QuarantineEnd = ledger.QuarantineEnd - by,
        NextRecompute = ledger.NextRecompute - by,
        LastRecompute = ledger.LastRecompute - by,
        Nodes = ledger.Nodes.ToImmutableSortedDictionary(node => node.Key, node => node.Value with { Exp = node.Value.Exp - by, Until = node.Value.Until - by }, StringComparer.Ordinal),
    };
}
