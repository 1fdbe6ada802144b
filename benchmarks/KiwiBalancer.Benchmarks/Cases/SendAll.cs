using BenchmarkDotNet.Attributes;
using KiwiBalancer.Benchmarks.Rivals;

namespace KiwiBalancer.Benchmarks.Cases;

/// <summary>A workload of many requests, eight at a time.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class SendAll : IDisposable
{
    private const int Requests = 6_400;
    private const int Limit = 8;

    private readonly KiwiBalanced _ours = new(Limit, clients: 1);
    private readonly ParallelOptions _options = new() { MaxDegreeOfParallelism = Limit };

    [Benchmark(Baseline = true, OperationsPerInvoke = Requests)]
    public Task ParallelForEachAsync() => Parallel.ForEachAsync(Source(), _options, static async (work, token) => await work!.RunAsync(token));

    [Benchmark(OperationsPerInvoke = Requests)]
    public async Task<long> KiwiSendAllAsync()
    {
        var sum = 0L;
        await foreach (var result in _ours.Bound[0].SendAllAsync(Source()))
        {
            sum += result.Response;
        }

        return sum;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _ours.Dispose();
        GC.SuppressFinalize(this);
    }

    private static IAsyncEnumerable<Work?> Source() => Enumerable.Repeat<Work?>(Work.Yield, Requests).ToAsyncEnumerable();
}
