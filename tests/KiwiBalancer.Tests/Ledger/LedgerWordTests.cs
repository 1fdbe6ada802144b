using KiwiBalancer.Ledger;

namespace KiwiBalancer.Tests.Ledger;

/// <summary>The packed layout: every field at its ends, with every value of the others.</summary>
public sealed class LedgerWordTests
{
    private static readonly int[] Ends = [0, 1, 2, int.MaxValue - 1, int.MaxValue];

    public static TheoryData<bool, int, int> EveryCombination()
    {
        var table = new TheoryData<bool, int, int>();
        foreach (var isGated in new[] { false, true })
        {
            foreach (var limit in Ends)
            {
                foreach (var inFlight in Ends)
                {
                    table.Add(isGated, limit, inFlight);
                }
            }
        }

        return table;
    }

    [Theory]
    [MemberData(nameof(EveryCombination))]
    public void Fields_AnyValues_AreReadBackApart(bool isGated, int limit, int inFlight)
    {
        var word = new LedgerWord((isGated ? LedgerWord.Gate : 0) | ((long)limit << 32) | (uint)inFlight);

        Assert.Equal((isGated, limit, inFlight), (word.IsGated, word.Limit, word.InFlight));
    }

    [Theory]
    [MemberData(nameof(EveryCombination))]
    public void WithLimit_AnyOldLimit_ChangesNothingElse(bool isGated, int limit, int inFlight)
    {
        var word = new LedgerWord((isGated ? LedgerWord.Gate : 0) | ((long)limit << 32) | (uint)inFlight);

        foreach (var next in Ends)
        {
            var changed = word.WithLimit(next);
            Assert.Equal((isGated, next, inFlight), (changed.IsGated, changed.Limit, changed.InFlight));
            Assert.Equal(word.Bits, changed.WithLimit(limit).Bits);
        }
    }

    [Theory]
    [InlineData(10, 9, 1, true)]
    [InlineData(10, 9, 2, false)]
    [InlineData(10, 10, 1, false)]
    [InlineData(10, 12, 1, false)]
    [InlineData(0, 0, 1, false)]
    [InlineData(int.MaxValue, 0, int.MaxValue, true)]
    [InlineData(int.MaxValue, 1, int.MaxValue, false)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue, false)]
    public void Fits_AnyCost_ComparesWithoutOverflow(int limit, int inFlight, int cost, bool expected) =>
        Assert.Equal(expected, new LedgerWord(((long)limit << 32) | (uint)inFlight).Fits(cost));

    [Fact]
    public void ToString_Gated_SaysSo()
    {
        var word = new LedgerWord(3).WithLimit(7);

        Assert.Equal("3 of 7", word.ToString());
        Assert.Equal("3 of 7, gated", new LedgerWord(word.Bits | LedgerWord.Gate).ToString());
    }
}
