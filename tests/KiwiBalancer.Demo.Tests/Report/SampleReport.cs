using KiwiBalancer.Demo.Report;

namespace KiwiBalancer.Demo.Tests.Report;

/// <summary>A report in which every guarantee held.</summary>
internal static class SampleReport
{
    public static RunReport Kept { get; } = new(100, "weighted", 15.2, 300, 0, 0, 0, 100, 0.9959,
    [
        new ClientReport("alpha", 1, 200, 500.5, 33.5, 33.25, new WaitReport(1, 2, 3)),
        new ClientReport("beta", 2, 100, 1000, 66, 66.75, new WaitReport(4, 5, 6.5)),
    ])
    { Promises = Promise.KeepsBusy | Promise.SharesByWeight, ContendedSeconds = 15, Served = 300 };
}
