namespace KiwiBalancer.Redis.Tests.Support;

/// <summary>How thorough this run of the tests is.</summary>
internal static class Run
{
    /// <summary>Everything, and a skipped test is a failure.</summary>
    public static bool IsComplete { get; } = Environment.GetEnvironmentVariable("KIWI_REQUIRE_ALL") == "1";
}
