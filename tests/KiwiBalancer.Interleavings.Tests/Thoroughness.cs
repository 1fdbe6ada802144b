using System.Reflection;

namespace KiwiBalancer.Interleavings.Tests;

/// <summary>How much is explored: a part in a plain run, everything where <c>KIWI_REQUIRE_ALL=1</c>. Once is enough: in Debug, where the same asserts are alive, a part as well.</summary>
internal static class Thoroughness
{
    public static bool IsComplete { get; } =
        Environment.GetEnvironmentVariable("KIWI_REQUIRE_ALL") == "1" && typeof(Thoroughness).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration != "Debug";

    /// <summary>At most so many courses of one scenario.</summary>
    public static long MostCourses => IsComplete ? long.MaxValue : 1_000;
}
