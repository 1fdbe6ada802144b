using System.Runtime.CompilerServices;
using KiwiBalancer.Backlog;
using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Backlog;

/// <summary>Objects to use again: which come back, and how many are kept.</summary>
public sealed class SparesTests
{
    private readonly Depot<object> _depot = new(2);

    [Fact]
    public void TryTake_WhatWasGiven_ComesBackOnce()
    {
        var spares = new Spares<object>(_depot);
        Assert.Null(spares.TryTake());
        var given = Give(spares, 32);

        var taken = Drain(spares);
        Assert.Equal(32, taken.Count);
        Assert.Equal(given.ToHashSet(), taken.ToHashSet());
    }

    [Fact]
    public void Give_MoreThanTwoMagazines_GoThroughTheDepotToOthers()
    {
        var (giver, taker) = (new Spares<object>(_depot), new Spares<object>(_depot));

        var given = Give(giver, 33);
        var taken = Drain(taker);

        Assert.Equal(16, taken.Count);
        Assert.Subset(given.ToHashSet(), taken.ToHashSet());
        Assert.Equal(17, Drain(giver).Count);
    }

    [Fact]
    public void Give_DepotIsFull_LeavesAMagazineToTheCollector()
    {
        var spares = new Spares<object>(_depot);

        // Two magazines here and two in the depot: what is beyond that is let go of, sixteen at a time.
        Give(spares, 64);
        Give(spares, 1);

        Assert.Equal(49, Drain(spares).Count);
    }

    [Fact]
    public void TryTake_OneMagazineEmpty_TakesFromTheOther()
    {
        var spares = new Spares<object>(_depot);
        var given = Give(spares, 17);

        Assert.Equal(given.ToHashSet(), Drain(spares).ToHashSet());
    }

    [Fact]
    public void ForEmpty_DepotHasFullOnes_GivesEachOnce()
    {
        var (first, second) = (Full(), Full());
        var emptied = _depot.ForFull(first);
        Assert.NotSame(first, emptied);
        Assert.Equal(0, emptied.Count);
        Assert.Equal(0, _depot.ForFull(second).Count);

        var empty = new Magazine<object>();
        Assert.Same(second, _depot.ForEmpty(empty));
        Assert.Same(first, _depot.ForEmpty(new Magazine<object>()));
        Assert.Same(empty, _depot.ForEmpty(empty));
    }

    [Fact]
    public void ForFull_NoRoom_GivesTheSameEmptied()
    {
        _depot.ForFull(Full());
        _depot.ForFull(Full());
        var third = Full();

        Assert.Same(third, _depot.ForFull(third));
        Assert.Equal(0, third.Count);
        Assert.Null(third.TryTake());
    }

    [Fact]
    public void TryMake_MineMissing_IsMineFromThenOn()
    {
        Spares<object>? mine = null;

        var made = Spares<object>.TryMake(ref mine, _depot);

        Assert.NotNull(made);
        Assert.Same(made, mine);
    }

    [Fact]
    public void ForEmptyAndForFull_OnThreadsOfTheirOwn_LeaveTheDepotToTheNext()
    {
        var (full, empty) = (Full(), new Magazine<object>());

        Assert.Same(empty, OnAThread(() => _depot.ForEmpty(empty)));
        Assert.NotSame(full, OnAThread(() => _depot.ForFull(full)));

        Assert.Same(full, OnAThread(() => _depot.ForEmpty(empty)));
    }

    [Fact]
    public void Clear_Full_KeepsNothingAlive()
    {
        var magazine = new Magazine<object>();
        var given = GiveForgotten(magazine);

        magazine.Clear();

        Eventually.True(
            () =>
            {
                GC.Collect();
                return given.All(item => !item.IsAlive);
            },
            "what was given is collected");
        GC.KeepAlive(magazine);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] GiveForgotten(Magazine<object> magazine)
    {
        var items = Enumerable.Range(0, Magazine<object>.Size).Select(_ => new object()).ToArray();
        Array.ForEach(items, magazine.Give);
        return [.. items.Select(item => new WeakReference(item))];
    }

    private static Magazine<object> OnAThread(Func<Magazine<object>> exchange)
    {
        Magazine<object>? got = null;
        var thread = new Thread(() => got = exchange()) { IsBackground = true };
        thread.Start();
        Assert.True(thread.Join(Eventually.Watchdog), "The depot made somebody wait.");
        return got!;
    }

    private static Magazine<object> Full()
    {
        var magazine = new Magazine<object>();
        for (var i = 0; i < Magazine<object>.Size; i++)
        {
            magazine.Give(new object());
        }

        return magazine;
    }

    private static object[] Give(Spares<object> spares, int count)
    {
        var given = Enumerable.Range(0, count).Select(_ => new object()).ToArray();
        foreach (var item in given)
        {
            spares.Give(item);
        }

        return given;
    }

    private static List<object> Drain(Spares<object> spares)
    {
        var taken = new List<object>();
        while (spares.TryTake() is { } item)
        {
            taken.Add(item);
        }

        return taken;
    }
}
