using KiwiBalancer.Ledger;
using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Ledger;

public sealed class SlotLedgerRaceTests
{
    private const int Meetings = 3_000;

    [Fact]
    public async Task TryTake_WhileTheLimitSwings_IsNeverOverTheLimitInForce()
    {
        const int Rounds = 200_000;
        var ledger = new SlotLedger(4);
        var over = 0;

        // The taker keeps what it takes to itself, so an in-flight above the highest limit can only be a take that no limit allowed.
        void Take()
        {
            for (var i = 0; i < Rounds; i++)
            {
                var cost = 1 + (i & 1);
                if (ledger.TryTake(cost))
                {
                    var word = ledger.Read();
                    over += word.InFlight > 4 ? 1 : 0;
                    ledger.Return(cost);
                }
            }
        }

        void Swing()
        {
            for (var i = 0; i < Rounds; i++)
            {
                ledger.SetLimit(i % 5);
            }
        }

        await Task.WhenAll(Task.Run(Take), Task.Run(Take), Task.Run(Swing)).Within();

        Assert.Equal(0, over);
        Assert.Equal((false, 0), (ledger.Read().IsGated, ledger.Read().InFlight));
    }

    [Fact]
    public void TryTake_TwoAtOnceForTheLastSlot_OneGetsIt()
    {
        var ledger = new SlotLedger(1);
        var taken = 0;

        Race.Run(
            Meetings,
            _ => (ledger, taken) = (new SlotLedger(1), 0),
            _ => Assert.Equal((1, 1), (taken, ledger.Read().InFlight)),
            _ => Interlocked.Add(ref taken, ledger.TryTake(1) ? 1 : 0),
            _ => Interlocked.Add(ref taken, ledger.TryTake(1) ? 1 : 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TryTake_WhileTheWordChanges_TakesItsCostOnce(bool isGated)
    {
        var ledger = new SlotLedger(100);

        Race.Run(
            Meetings,
            _ =>
            {
                ledger = new SlotLedger(100);
                ledger.TryTake(50);
                if (isGated)
                {
                    ledger.CloseGate();
                }
            },
            _ => Assert.Equal((200, 50 - 1 + 3), (ledger.Read().Limit, ledger.Read().InFlight)),
            _ => Assert.True(isGated ? ledger.TryTakeGated(3) : ledger.TryTake(3)),
            _ => ledger.Return(1),
            _ => Assert.Equal(100, ledger.SetLimit(200)));
    }
}
