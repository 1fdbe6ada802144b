using System.Diagnostics;

namespace KiwiBalancer.Tests.Support;

/// <summary>Lets threads of their own do things at once, round after round. They meet by spinning, so a round costs microseconds.</summary>
internal sealed class Race
{
    private readonly int _rounds;
    private readonly Action<int>[] _racers;
    private int _begun = -1;
    private int _ended;
    private Exception? _failure;

    private Race(int rounds, Action<int>[] racers)
    {
        _rounds = rounds;
        _racers = racers;
    }

    /// <summary>Runs <paramref name="racers"/> at once, <paramref name="rounds"/> times, with the round's number; before each round <paramref name="prepare"/>, after it <paramref name="check"/>, both on the caller's thread.</summary>
    public static void Run(int rounds, Action<int> prepare, Action<int> check, params Action<int>[] racers) => new Race(rounds, racers).Run(prepare, check);

    private void Run(Action<int> prepare, Action<int> check)
    {
        var threads = _racers.Select(racer => new Thread(() => Loop(racer)) { IsBackground = true }).ToArray();
        foreach (var thread in threads)
        {
            thread.Start();
        }

        try
        {
            for (var round = 0; round < _rounds && _failure is null; round++)
            {
                prepare(round);
                Volatile.Write(ref _ended, 0);
                Volatile.Write(ref _begun, round);
                Await(() => Volatile.Read(ref _ended) == _racers.Length);
                check(round);
            }
        }
        finally
        {
            Volatile.Write(ref _begun, int.MaxValue);
        }

        Assert.Null(_failure);
    }

    private void Loop(Action<int> racer)
    {
        for (var round = 0; round < _rounds; round++)
        {
            var next = round;
            Await(() => Volatile.Read(ref _begun) >= next);
            if (Volatile.Read(ref _begun) == int.MaxValue)
            {
                return;
            }

            try
            {
                racer(round);
            }
            catch (Exception exception)
            {
                _failure ??= exception;
            }

            Interlocked.Increment(ref _ended);
        }
    }

    private static void Await(Func<bool> condition)
    {
        var spin = default(SpinWait);
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < Eventually.Watchdog, "A racer has not come.");
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }
}
