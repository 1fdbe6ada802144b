using System.Collections.Concurrent;
using System.Globalization;
using CsCheck;
using Xunit.Abstractions;

namespace KiwiBalancer.Tests.Granting.Search;

/// <summary>Looks for cases in which a promise is broken, and for a small one among them.</summary>
/// <remarks>
/// The seeds are the same in every run, so that a red run is red again. <c>KIWI_SEARCH_CASES</c> asks for so many more cases, with seeds that nobody has tried.
/// </remarks>
internal sealed class RandomSearch(Gen<FairnessCase> cases, int count, ITestOutputHelper output)
{
    private const ulong Stream = 12345;
    private const int ShrinkingSeconds = 10;
    private static readonly int More = int.Parse(Environment.GetEnvironmentVariable("KIWI_SEARCH_CASES") ?? "0", CultureInfo.InvariantCulture);

    private readonly ConcurrentBag<(string Seed, string Verdict)> _broken = [];
    private readonly ConcurrentBag<Judge> _judges = [];
    private long _events;

    /// <summary>How the runs were judged, one entry a case.</summary>
    public IReadOnlyCollection<Judge> Judges => _judges;

    /// <summary>Plays all cases; throws with a small case if one was broken.</summary>
    public void Run()
    {
        var seeds = Enumerable.Range(0, count).Select(i => new PCG((uint)i, Stream).ToString())
            .Concat(Enumerable.Range(0, More).Select(_ => new PCG((uint)Random.Shared.Next(), (ulong)Random.Shared.NextInt64()).ToString()))
            .ToArray();
        Parallel.ForEach(seeds, Play);
        var errors = _judges.Select(j => j.Error).Where(double.IsFinite).ToArray();
        output.WriteLine(
            $"{_judges.Count} cases, seeds {seeds[0]} to {seeds[^1]}: {_events:N0} events; {errors.Length} were long enough for the error in slot-seconds, "
            + $"which is {errors.DefaultIfEmpty().Max():P2} at most.");
        foreach (var (seed, verdict) in _broken)
            output.WriteLine($"{seed}: {verdict}");
        if (_broken.TryPeek(out var first))
            Shrink(first.Seed);
        Assert.Empty(_broken);
    }

    /// <summary>Throws at the first of a hundred cases in which a promise is broken.</summary>
    public static void Find(Gen<FairnessCase> cases)
    {
        for (var i = 0; i < 100; i++)
            Assert.Null(new CaseRun(cases.Generate(new PCG((uint)i, Stream), null, out _)).Play());
    }

    private void Play(string seed)
    {
        var run = new CaseRun(cases.Generate(PCG.Parse(seed), null, out _));
        if (run.Play() is { } verdict)
            _broken.Add((seed, verdict));
        _judges.Add(run.Judge);
        Interlocked.Add(ref _events, run.Events);
    }

    // Starts with the case of the seed and goes on to smaller ones at random; throws with the smallest it has found.
    private void Shrink(string seed) =>
        cases.Sample(
            fairnessCase => new CaseRun(fairnessCase).Play() is { } verdict ? throw new InvalidOperationException(verdict) : true,
            output.WriteLine,
            seed,
            time: ShrinkingSeconds,
            print: fairnessCase => fairnessCase.ToString());
}
