using KiwiBalancer.Granting;

namespace KiwiBalancer.Tests.Granting;

/// <summary>Heads that are passed, and the one that slots are kept for.</summary>
public sealed class WideHeadsTests
{
    private readonly WideHeads _wide = new();
    private readonly Lines _lines = new();

    public WideHeadsTests() => _lines.Install(new PolicyRoom(16).Lines);

    [Fact]
    public void Restore_AnotherWasPicked_PutsEachBackAndCountsItForThoseThatAreDue()
    {
        var (quota, owed, ahead) = (Filed(Line.Quota, 3, cost: 2), Filed(Line.Owed, 4, cost: 7), Filed(Line.Ahead, 5, cost: 3));
        foreach (var claim in new[] { quota, owed, ahead })
            Assert.True(_wide.TrySetAside(claim, _lines));
        Assert.Equal((true, 7, Line.None, 0), (_wide.HasAside, _wide.Widest, owed.Line, _lines.Owed.Count));

        _wide.Restore(_lines, passed: true);

        Assert.Equal((false, 0), (_wide.HasAside, _wide.Widest));
        Assert.Equal([(Line.Quota, 3.0, 1), (Line.Owed, 4.0, 1), (Line.Ahead, 5.0, 0)], new[] { quota, owed, ahead }.Select(claim => (claim.Line, _lines.KeyOf(claim), (int)claim.Bypassed)));
    }

    [Fact]
    public void Restore_NobodyWasPicked_CountsNothing()
    {
        var claim = Filed(Line.Owed, 4, cost: 7);
        _wide.TrySetAside(claim, _lines);

        _wide.Restore(_lines, passed: false);

        Assert.Equal((0, Line.Owed), (claim.Bypassed, claim.Line));
    }

    [Fact]
    public void MayPass_EightTimesPassed_NoLonger()
    {
        var claim = Filed(Line.Owed, 4, cost: 7);
        for (var times = 1; times <= 10; times++)
        {
            Assert.Equal(times <= 8, _wide.MayPass(claim));
            _wide.TrySetAside(claim, _lines);
            _wide.Restore(_lines, passed: true);
        }

        Assert.Equal(8, claim.Bypassed);
    }

    [Fact]
    public void TrySetAside_EightAlready_TakesNoMore()
    {
        for (var i = 0; i < 8; i++)
        {
            var claim = Filed(Line.Owed, i, cost: 2);
            Assert.True(_wide.MayPass(claim));
            Assert.True(_wide.TrySetAside(claim, _lines));
        }

        var ninth = Filed(Line.Owed, 9, cost: 9);
        Assert.False(_wide.MayPass(ninth));
        Assert.False(_wide.TrySetAside(ninth, _lines));
        Assert.Equal((Line.Owed, 2), (ninth.Line, _wide.Widest));
        _wide.Restore(_lines, passed: false);
        Assert.Equal(9, _lines.Owed.Count);
    }

    [Fact]
    public void Review_HeadGone_EndsTheReservation()
    {
        var (claim, other) = (Filed(Line.Owed, 1, cost: 3), Filed(Line.Owed, 1, cost: 3));
        claim.HeadSequence = 5;
        _wide.Reserve(claim);

        _wide.Review(other);
        _wide.Review(claim);
        Assert.Same(claim, _wide.Reserved);
        other.HeadCost = 0;
        _wide.Review(other);
        Assert.Same(claim, _wide.Reserved);

        claim.HeadSequence = 6;
        _wide.Review(claim);
        Assert.Null(_wide.Reserved);

        _wide.Reserve(claim);
        claim.HeadCost = 0;
        _wide.Review(claim);
        Assert.Null(_wide.Reserved);

        _wide.Reserve(claim);
        _wide.Clear();
        Assert.Null(_wide.Reserved);
    }

    private WeightedClaim Filed(Line line, double key, int cost)
    {
        var claim = Claims.Of(Role.Contender, 0, wanted: cost, headCost: cost);
        _lines.File(claim, line, key);
        return claim;
    }
}
