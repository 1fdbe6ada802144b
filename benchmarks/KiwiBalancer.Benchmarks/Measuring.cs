using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace KiwiBalancer.Benchmarks;

/// <summary>How BenchmarkDotNet is run here.</summary>
public static class Measuring
{
    /// <summary>All in this process, without a project to generate, build and start for each case: a hundred cases take minutes instead of half an hour, and a dry run seconds.</summary>
    public static IConfig Config(string[] arguments)
    {
        var config = ManualConfig.CreateMinimumViable()
            .AddJob(new Job("in process").WithToolchain(InProcessEmitToolchain.Instance).AsMutator());
        return arguments.Any(argument => argument is "--job" or "-j")
            ? config
            : config.AddJob(Job.Default.WithId("Short").WithWarmupCount(4).WithIterationCount(9).WithIterationTime(TimeInterval.FromMilliseconds(120)));
    }
}
