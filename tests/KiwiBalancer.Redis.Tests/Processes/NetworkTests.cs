using KiwiBalancer.Redis.Tests.Support;

namespace KiwiBalancer.Redis.Tests.Processes;

/// <summary>What a network can do between nodes and engine.</summary>
public class NetworkTests(RealFleet real) : IClassFixture<RealFleet>
{
    [RedisTheory]
    [InlineData(10)]
    [InlineData(50)]
    public async Task Network_ThatTakesTime_NeverLetsMoreThanTheLimitRun(int milliseconds)
    {
        await real.StartAsync();
        real.Network.Delay = TimeSpan.FromMilliseconds(milliseconds);

        // One leaves and comes back, so that slots move both ways while everybody hears late.
        await real.Fleet.Members[0].LeaveAsync(CancellationToken.None).Within();
        await real.Fleet.StartAgainAsync(real.Fleet.Members[0], CancellationToken.None).Within();
        await real.FullAsync();
        real.Network.Delay = TimeSpan.Zero;

        await real.FullAsync();
        await real.AssertNeverOverAsync();
    }

    [RedisTheory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Network_ThatLetsNothingThrough_EndsAllLeases_AndWhatComesLateIsNotBelieved(bool holdsRequests, bool holdsAnswers)
    {
        await real.StartAsync();

        (real.Network.HoldsRequests, real.Network.HoldsAnswers) = (holdsRequests, holdsAnswers);
        await real.AllLeasesLostAsync();
        await RealFleet.EventuallyAsync(async () => (await real.ReadAsync()).InFlight == 0, "nothing runs");
        (real.Network.HoldsRequests, real.Network.HoldsAnswers) = (false, false);

        await real.FullAsync();
        await real.AssertNeverOverAsync();
    }

    [RedisFact]
    public async Task Network_ThatCutsAnAnswerInTheMiddle_NeverLetsMoreThanTheLimitRun()
    {
        await real.StartAsync();
        for (var bytes = 1; bytes <= 21; bytes += 5)
        {
            real.Network.CutNextAnswerAfter(bytes);
            await RealFleet.EventuallyAsync(() => Task.FromResult(real.Network.HasCut), "an answer was cut");
        }

        await real.FullAsync();
        await real.AssertNeverOverAsync();
    }
}
