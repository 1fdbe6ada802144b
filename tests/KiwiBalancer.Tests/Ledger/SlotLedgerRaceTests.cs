using KiwiBalancer.Ledger;
using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Ledger;

public sealed class SlotLedgerRaceTests
{
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
}
