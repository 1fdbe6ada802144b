using KiwiBalancer.Granting;

namespace KiwiBalancer.Tests.Granting;

/// <summary>Who stands before whom in a line.</summary>
public sealed class LinesTests
{
    private readonly Lines _lines = new();

    public LinesTests() => _lines.Install(new PolicyRoom(8).Lines);

    [Fact]
    public void File_EqualKeys_TheHeavierGoesFirstThenWhoHasWaitedLonger()
    {
        var (light, first, second, heavy) = (New(1), New(3), New(3), New(1_000_000));
        foreach (var claim in new[] { light, first, second, heavy })
            _lines.File(claim, Line.Owed, 2);
        _lines.File(New(1), Line.Owed, 3);
        var least = New(1);
        _lines.File(least, Line.Owed, 1);

        Assert.Equal([least, heavy, first, second, light], Drain(5));
    }

    [Fact]
    public void File_InAnotherLine_LeavesTheFirst()
    {
        var claim = New(1);
        _lines.File(claim, Line.Quota, 1);
        var order = claim.Order;

        _lines.File(claim, Line.Parked, 5);

        Assert.Equal((0, 1, Line.Parked, 5.0), (_lines.Quota.Count, _lines.Parked.Count, claim.Line, _lines.KeyOf(claim)));
        Assert.Equal(order, claim.Order);
        Assert.Same(claim, _lines.Parked.Top);
    }

    [Fact]
    public void File_InTheSameLineWithAnotherKey_TakesAnotherPlace()
    {
        var (a, b) = (New(1), New(1));
        _lines.File(a, Line.Ahead, 1);
        _lines.File(b, Line.Ahead, 2);

        _lines.File(a, Line.Ahead, 3);

        Assert.Same(b, _lines.Ahead.Top);
        Assert.Equal((2, 3.0), (_lines.Ahead.Count, _lines.KeyOf(a)));
    }

    [Fact]
    public void File_OrderForgotten_StandsBehindItsEqualsOnceItsKeyChanges()
    {
        var (a, b) = (New(1), New(1));
        _lines.File(a, Line.Owed, 1);
        _lines.File(b, Line.Owed, 2);
        a.Order = 0;

        _lines.File(a, Line.Owed, 2);

        Assert.Same(b, _lines.Owed.Top);
    }

    [Fact]
    public void Leave_StandsNowhere_DoesNothing()
    {
        var claim = New(1);
        _lines.Leave(claim);
        _lines.File(claim, Line.Owed, 1);

        _lines.Leave(claim);
        _lines.Leave(claim);

        Assert.Equal((0, Line.None, -1), (_lines.Owed.Count, claim.Line, claim.LineIndex));
    }

    [Fact]
    public void Clear_AllLines_EmptiesEach()
    {
        foreach (var line in new[] { Line.Quota, Line.Owed, Line.Ahead, Line.Parked })
            _lines.File(New(1), line, 1);

        _lines.Clear();

        Assert.Equal((0, 0, 0, 0), (_lines.Quota.Count, _lines.Owed.Count, _lines.Ahead.Count, _lines.Parked.Count));
    }

    private static WeightedClaim New(int weight) => Claims.Of(Role.Contender, 1, weight);

    private List<WeightedClaim> Drain(int count)
    {
        var drained = new List<WeightedClaim>();
        for (var i = 0; i < count; i++)
        {
            drained.Add(_lines.Owed.Top);
            _lines.Leave(_lines.Owed.Top);
        }

        return drained;
    }
}
