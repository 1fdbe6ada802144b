using KiwiBalancer.Demo.Measuring;

namespace KiwiBalancer.Demo.Tests.Report.Chart;

/// <summary>A run of ten seconds in which two clients held 25 and 75 slots.</summary>
internal static class SampleResult
{
    public static RunResult TwoClients { get; } = new(SampleReport.Kept, new RunCourse(
        10,
        [new ClientCourse("alpha", 1, Constant(25), Constant(25)), new ClientCourse("beta", 3, Constant(75), Constant(75))],
        [(0, 100)],
        [new CourseEvent(0, "alpha arrives"), new CourseEvent(10, "beta done")]));

    private static double[] Constant(double slots) => [.. Enumerable.Repeat(slots, RunCourse.Bins)];
}
