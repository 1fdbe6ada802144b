using System.Diagnostics;

namespace KiwiBalancer.Benchmarks.Goals;

/// <summary>What one run of a load took, per request.</summary>
/// <param name="Nanoseconds">By the clock on the wall.</param>
/// <param name="CpuNanoseconds">Of all threads of this process.</param>
/// <param name="Bytes">Allocated by all threads.</param>
public readonly record struct Sample(double Nanoseconds, double CpuNanoseconds, double Bytes)
{
    public static async Task<Sample> TakeAsync(Func<Task> load, int requests)
    {
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        await load();
        var elapsed = Stopwatch.GetElapsedTime(start);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        return new Sample(elapsed.TotalNanoseconds / requests, cpu.TotalNanoseconds / requests, (double)bytes / requests);
    }
}
