namespace KiwiBalancer.Benchmarks.Goals;

/// <summary>
/// One load on several, in turn and many times over: whatever else the machine does meets them all alike, and the median of the ratios of one round does not care for the rest.
/// </summary>
public sealed class Contest(int requests)
{
    private readonly List<string> _names = [];
    private readonly List<Func<Task>> _loads = [];
    private readonly List<Sample[]> _rounds = [];

    public IReadOnlyList<string> Names => _names;

    public void Add(string name, Func<Task> load)
    {
        _names.Add(name);
        _loads.Add(load);
    }

    public async Task RunAsync(int rounds)
    {
        // The first rounds are not counted: until then the code is not compiled for good. The compiler begins when nothing new was called for a while, hence the pauses.
        const int Warmup = 20;
        for (var round = -Warmup; round < rounds; round++)
        {
            var samples = new Sample[_loads.Count];
            for (var i = 0; i < samples.Length; i++)
            {
                // Another one first in every round, lest one always runs after the one that leaves most garbage.
                var next = (i + round + Warmup) % samples.Length;
                samples[next] = await Sample.TakeAsync(_loads[next], requests);
                if (round < 0)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
                }
            }

            if (round >= 0)
            {
                _rounds.Add(samples);
            }
        }
    }

    public double Nanoseconds(string name) => MedianOf(round => round[IndexOf(name)].Nanoseconds);

    public double CpuNanoseconds(string name) => MedianOf(round => round[IndexOf(name)].CpuNanoseconds);

    public double Bytes(string name) => MedianOf(round => round[IndexOf(name)].Bytes);

    public double Ratio(string name, string to) => MedianOf(round => round[IndexOf(name)].Nanoseconds / round[IndexOf(to)].Nanoseconds);

    public double CpuRatio(string name, string to) => MedianOf(round => round[IndexOf(name)].CpuNanoseconds / round[IndexOf(to)].CpuNanoseconds);

    public double BytesBeyond(string name, string floor) => MedianOf(round => round[IndexOf(name)].Bytes - round[IndexOf(floor)].Bytes);

    private int IndexOf(string name) => _names.IndexOf(name);

    private double MedianOf(Func<Sample[], double> number)
    {
        var sorted = _rounds.Select(number).Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
