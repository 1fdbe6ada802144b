using KiwiBalancer.Demo.Measuring;
using KiwiBalancer.Demo.Report;
using KiwiBalancer.Demo.Report.Live;

namespace KiwiBalancer.Demo.Tests.Report.Live;

/// <summary>A moment of a run: alpha holds 30 of 100 slots and beta 60, gamma has not arrived.</summary>
internal static class SampleFrame
{
    public static LiveFrame TwoOfThree { get; } = new()
    {
        Strategy = "weighted",
        ExpectedSeconds = 10,
        Sample = new RunSample(TimeSpan.FromSeconds(5), 100, 90, 100, 0, 400,
        [
            new ClientSample("alpha", 1, 30, 33.3, 120, 200, 50, 200),
            new ClientSample("beta", 2, 60, 66.7, 80, 200, 60, 200),
            new ClientSample("gamma", 1, 0, 0, 0, 0, 0, 200),
        ]),
        History = [.. Enumerable.Range(1, 50).Select(i => new HistoryPoint(i / 10.0, [30, 60, 0]))],
        Events = [new CourseEvent(0, "alpha arrives"), new CourseEvent(2, "beta arrives")],
        Utilisation = 0.9959,
        WantedLimit = 100,
        MayChange = true,
    };

    public static LiveFrame WithClients(int count) => TwoOfThree with
    {
        Sample = TwoOfThree.Sample with { Clients = [.. Enumerable.Range(0, count).Select(i => TwoOfThree.Sample.Clients[0] with { Name = $"client-{i}" })] },
    };
}
