using KiwiBalancer.Fleet.Faults;
using KiwiBalancer.Redis.Tests.Support;

namespace KiwiBalancer.Redis.Tests.Processes;

/// <summary>A replica that has not heard the newest is promoted.</summary>
public class FailoverTests(RealFleet real) : IClassFixture<RealFleet>
{
    [RedisFact]
    public async Task Engine_FailedOverToALaggingReplica_NeverLetsMoreThanTheLimitRun()
    {
        await real.StartAsync();
        await using var link = TcpProxy.To(real.Redis.Port);
        await using var replica = await RedisServer.StartAsync("--replicaof", "127.0.0.1", $"{link.Port}", "--repl-diskless-sync-delay", "0");
        await using var connection = await replica.ConnectAsync();
        var server = connection.GetServers()[0];
        await RealFleet.EventuallyAsync(async () => (await server.ExecuteAsync("DBSIZE")).ToString() == "1", "the replica has the ledger");

        // It does not hear any more of what moves; then it is all there is.
        link.HoldsAnswers = true;
        await real.Fleet.Members[0].LeaveAsync(CancellationToken.None).Within();
        await real.Fleet.StartAgainAsync(real.Fleet.Members[0], CancellationToken.None).Within();
        await real.FullAsync();
        real.Redis.Kill();
        real.Network.Target = replica.Port;
        await server.ExecuteAsync("REPLICAOF", "NO", "ONE");

        await real.FullAsync();
        await real.AssertNeverOverAsync();
        Assert.Equal("1", (await server.ExecuteAsync("DBSIZE")).ToString());
    }
}
