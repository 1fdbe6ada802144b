using KiwiBalancer.Demo.Report;

namespace KiwiBalancer.Demo.Measuring;

/// <summary>What came of a run.</summary>
/// <param name="Report">Its numbers.</param>
/// <param name="Course">How it went over time.</param>
internal sealed record RunResult(RunReport Report, RunCourse Course);
