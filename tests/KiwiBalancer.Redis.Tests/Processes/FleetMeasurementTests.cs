using System.Diagnostics;
using KiwiBalancer.Fleet.Faults;
using KiwiBalancer.Fleet.Measuring;
using KiwiBalancer.Fragile;

namespace KiwiBalancer.Redis.Tests.Processes;

/// <summary>How a run is judged: by the server's log, outside fault windows.</summary>
public class FleetMeasurementTests
{
    // Two slots for ten seconds; in the middle a fault, after which one slot stands idle for a second.
    private static readonly FleetMeasurement Measurement = new(
        [Hold(0, 10, client: 0), Hold(0, 4, client: 1), Hold(5, 10, client: 1)],
        [(At(0), 2)],
        [new FaultRecord(FaultKind.KillNode, "killed", At(4), At(4.2), At(6))],
        At(0),
        At(10));

    [Fact]
    public void Utilisation_WithAFault_IsOfTheTimeOutsideItsWindow()
    {
        Assert.Equal(8, Measurement.QuietSeconds, 6);
        Assert.Equal(1, Measurement.Utilisation()!.Value, 6);
    }

    [Fact]
    public void Utilisation_SlotIdleOutsideTheWindow_CountsIt()
    {
        var measurement = new FleetMeasurement([Hold(0, 10, client: 0), Hold(0, 8, client: 1)], [(At(0), 2)], [new FaultRecord(FaultKind.KillNode, "killed", At(4), At(4.2), At(6))], At(0), At(10));

        Assert.Equal(14.0 / 16, measurement.Utilisation()!.Value, 6);
    }

    [Fact]
    public void Utilisation_WithoutQuietTime_IsNotKnown()
    {
        var measurement = new FleetMeasurement([Hold(0, 10, client: 0)], [(At(0), 2)], [new FaultRecord(FaultKind.KillNode, "killed", At(0), At(4), At(11))], At(0), At(10));

        Assert.Null(measurement.Utilisation());
    }

    [Fact]
    public void RefilledAfter_AFault_IsWhenAllSlotsWereInUseAgain() =>
        Assert.InRange(Measurement.RefilledAfter(new FaultRecord(FaultKind.KillNode, "killed", At(4), At(4.2), At(6)))!.Value, 1, 1.15);

    [Fact]
    public void Course_OfTwoNodes_SharesTheLimitAmongThoseThatAreThere()
    {
        var course = Measurement.Course([("a", 1), ("b", 1)]);

        Assert.Equal((1, 2), (course.Clients[0].Ideal[10], course.Clients[0].Ideal[180]));
        Assert.Equal((1, 0), (course.Clients[1].InFlight[10], course.Clients[1].InFlight[180]));
    }

    private static HoldRecord Hold(double from, double to, int client) => new(At(from), At(to), client, 1);

    private static long At(double seconds) => (long)((1_000 + seconds) * Stopwatch.Frequency);
}
