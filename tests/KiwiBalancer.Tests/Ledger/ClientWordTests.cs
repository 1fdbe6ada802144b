using KiwiBalancer.Clients;

namespace KiwiBalancer.Tests.Ledger;

/// <summary>The packed layout of a client's own word.</summary>
public sealed class ClientWordTests
{
    public static TheoryData<bool, int, int> EveryCombination()
    {
        var table = new TheoryData<bool, int, int>();
        int[] ends = [0, 1, 2, int.MaxValue - 1, int.MaxValue];
        foreach (var isClosed in new[] { false, true })
        {
            foreach (var waiting in ends)
            {
                foreach (var inFlight in ends)
                {
                    table.Add(isClosed, waiting, inFlight);
                }
            }
        }

        return table;
    }

    [Theory]
    [MemberData(nameof(EveryCombination))]
    public void Fields_AnyValues_AreReadBackApart(bool isClosed, int waiting, int inFlight)
    {
        var word = new ClientWord((isClosed ? ClientWord.Closed : 0) + (waiting * ClientWord.OneWaiting) + inFlight);

        Assert.Equal((isClosed, waiting, inFlight), (word.IsClosed, word.Waiting, word.InFlight));
        Assert.Equal(isClosed || waiting > 0, word.IsDoorShut);
        Assert.Equal(isClosed && waiting == 0 && inFlight == 0, word.IsDrained);
    }

    [Theory]
    [MemberData(nameof(EveryCombination))]
    public void OneWaiting_TradedForSlots_TouchesNoOtherField(bool isClosed, int waiting, int inFlight)
    {
        if (waiting == 0 || inFlight == int.MaxValue)
        {
            return;
        }

        var bits = (isClosed ? ClientWord.Closed : 0) + (waiting * ClientWord.OneWaiting) + inFlight;
        var granted = new ClientWord(bits + 1 - ClientWord.OneWaiting);

        Assert.Equal((isClosed, waiting - 1, inFlight + 1), (granted.IsClosed, granted.Waiting, granted.InFlight));
    }
}
