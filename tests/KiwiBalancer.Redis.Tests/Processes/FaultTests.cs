using KiwiBalancer.Fleet.Faults;
using KiwiBalancer.Redis.Tests.Support;

namespace KiwiBalancer.Redis.Tests.Processes;

/// <summary>What can happen to the processes of a fleet, on real ones: the server never sees more than its limit, and is full again.</summary>
public class FaultTests(RealFleet real) : IClassFixture<RealFleet>
{
    [RedisTheory]
    [InlineData(nameof(FaultKind.KillNode))]
    [InlineData(nameof(FaultKind.KillTwoNodes))]
    [InlineData(nameof(FaultKind.PauseHalfALease))]
    [InlineData(nameof(FaultKind.PauseALease))]
    [InlineData(nameof(FaultKind.PauseLong))]
    [InlineData(nameof(FaultKind.KillEngine))]
    [InlineData(nameof(FaultKind.StaleEngine))]
    [InlineData(nameof(FaultKind.FreezeEngine))]
    [InlineData(nameof(FaultKind.KillEngineWhilePaused))]
    [InlineData(nameof(FaultKind.Flush))]
    [InlineData(nameof(FaultKind.LowerLimit))]
    [InlineData(nameof(FaultKind.Leave))]
    public async Task Fault_WhileAllAreBusy_NeverLetsMoreThanTheLimitRun_AndTheServerIsFullAgain(string kind)
    {
        await real.StartAsync();
        var faults = new FaultRunner(real.Fleet, new Random(1), _ => { });

        await faults.RunAsync(Enum.Parse<FaultKind>(kind), CancellationToken.None).Within();
        await real.FullAsync();
        if (real.Fleet.Limit < RealFleet.Limit)
        {
            await real.Fleet.SetLimitAsync(RealFleet.Limit, CancellationToken.None).Within();
            await real.FullAsync();
        }

        await real.AssertNeverOverAsync();
        LedgerReading? ledger = null;
        await RealFleet.EventuallyAsync(async () => (ledger = await real.Fleet.ReadLedgerAsync()) is { SumHold: RealFleet.Limit }, "the ledger gives all slots");
        Assert.Equal(ledger!.SumHold, ledger.Holds);
    }
}
