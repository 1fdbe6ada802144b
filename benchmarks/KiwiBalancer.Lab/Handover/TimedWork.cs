using System.Diagnostics;
using KiwiBalancer.Benchmarks.Rivals;

namespace KiwiBalancer.Lab.Handover;

/// <summary>Requests of one length that note when they start and when they end, and how many run at once.</summary>
internal sealed class TimedWork(TimeSpan length, int requests) : Work
{
    private readonly long[] _starts = new long[requests];
    private readonly long[] _ends = new long[requests];
    private int _started;
    private int _ended;
    private int _running;
    private int _mostRunning;

    public int MostRunning => _mostRunning;

    public override async ValueTask<int> RunAsync(CancellationToken cancellationToken)
    {
        _starts[Interlocked.Increment(ref _started) - 1] = Stopwatch.GetTimestamp();
        var running = Interlocked.Increment(ref _running);
        for (var most = Volatile.Read(ref _mostRunning); running > most; most = Volatile.Read(ref _mostRunning))
        {
            Interlocked.CompareExchange(ref _mostRunning, running, most);
        }

        await Task.Delay(length, TimeProvider.System, cancellationToken);
        Interlocked.Decrement(ref _running);
        _ends[Interlocked.Increment(ref _ended) - 1] = Stopwatch.GetTimestamp();
        return 1;
    }

    /// <summary>
    /// From the end of a request to the start of the next one, in microseconds, sorted. While more wait than run, the k-th end makes room for the k-th start after the first <paramref name="limit"/>,
    /// whoever's it is. The last ones, behind which too few wait, do not count.
    /// </summary>
    public double[] Handovers(int limit, int callers)
    {
        Array.Sort(_starts);
        Array.Sort(_ends);
        var count = Math.Max(0, requests - limit - callers);
        var handovers = new double[count];
        for (var i = 0; i < count; i++)
        {
            handovers[i] = Math.Max(0, Stopwatch.GetElapsedTime(_ends[i], _starts[limit + i]).TotalMicroseconds);
        }

        Array.Sort(handovers);
        return handovers;
    }
}
