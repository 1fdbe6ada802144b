using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Tests.Granting;

public sealed class ArrivalsAndDeparturesTests
{
    [Theory]
    [InlineData("uniform")]
    [InlineData("exponential")]
    public void Bursting_EightClientsOnAndOff_AreOutsideTheirQuotaHardlyLongerThanSlotsNeedToComeBack(string distribution)
    {
        var simulation = new GrantSimulation(20, seed: 3);
        for (var i = 0; i < 8; i++)
        {
            var client = simulation.Add(1 + (i % 4));
            client.Duration = Durations.Named(distribution);
            simulation.At(2 * i, () => TurnOn(simulation, client));
        }

        simulation.Run(100);
        var record = simulation.Measure(5000);

        Assert.True(record.ClientOutsideFraction <= 0.02, $"{record.ClientOutsideFraction}");
        Assert.Equal(0, record.Idle, 6);
    }

    [Fact]
    public void Leaving_Everybody_LeavesNothingPendingAndNothingInFlight()
    {
        var simulation = new GrantSimulation(6);
        var residents = simulation.Residents(20, Durations.Exponential(1), 1, 2, 3);
        simulation.Run(50);

        foreach (var resident in residents)
            resident.Left = 0;
        simulation.RunToEnd();

        Assert.True(simulation.IsEmpty);
        Assert.False(simulation.IsGated);
        Assert.All(residents, r => Assert.Equal(r.Granted, r.Ended));
    }

    private static void TurnOn(GrantSimulation simulation, SimulatedClient client)
    {
        client.Left = long.MaxValue;
        simulation.Keep(client, 40);
        simulation.At(simulation.Now + Durations.Exponential(80)(simulation.Random), () => TurnOff(simulation, client));
    }

    private static void TurnOff(GrantSimulation simulation, SimulatedClient client)
    {
        simulation.Leave(client);
        simulation.At(simulation.Now + 2 + Durations.Exponential(80)(simulation.Random), () => TurnOn(simulation, client));
    }
}
