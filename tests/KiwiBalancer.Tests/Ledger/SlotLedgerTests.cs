using KiwiBalancer.Ledger;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Ledger;

public sealed class SlotLedgerTests
{
    [Fact]
    public void TryTake_UpToTheLimit_TakesAndThenRefuses()
    {
        var ledger = new SlotLedger(3);

        Assert.True(ledger.TryTake(2));
        Assert.False(ledger.TryTake(2));
        Assert.True(ledger.TryTake(1));
        Assert.False(ledger.TryTake(1));
        Assert.Equal(3, ledger.Read().InFlight);
    }

    [Fact]
    public void TryTake_WideOneRefused_LeavesNoTrace()
    {
        var ledger = new SlotLedger(3);
        var before = ledger.Read().Bits;

        Assert.False(ledger.TryTake(4));
        Assert.Equal(before, ledger.Read().Bits);
    }

    [Fact]
    public void TryTake_WholeOfTheLargestLimit_FitsOnceAndComesBack()
    {
        var ledger = new SlotLedger(int.MaxValue);

        Assert.True(ledger.TryTake(int.MaxValue));
        Assert.False(ledger.TryTake(1));
        Assert.False(ledger.TryTake(int.MaxValue));
        Assert.Equal((int.MaxValue, int.MaxValue), (ledger.Read().Limit, ledger.Read().InFlight));
        Assert.Equal(0, ledger.Return(int.MaxValue).InFlight);
        Assert.True(ledger.TryTake(int.MaxValue));
    }

    [Fact]
    public void TryTake_GateClosed_RefusesThoughSlotsAreFree()
    {
        var ledger = new SlotLedger(3);
        ledger.CloseGate();

        Assert.False(ledger.TryTake(1));
        Assert.False(ledger.MayTake(1));
        ledger.OpenGate();
        Assert.True(ledger.MayTake(1));
        Assert.True(ledger.TryTake(1));
    }

    [Fact]
    public void TryTakeGated_GateClosed_TakesUpToTheLimitInForceNow()
    {
        var ledger = new SlotLedger(3);
        ledger.CloseGate();

        Assert.True(ledger.TryTakeGated(2));
        Assert.False(ledger.TryTakeGated(2));
        ledger.SetLimit(2);
        Assert.False(ledger.TryTakeGated(1));
        ledger.SetLimit(4);
        Assert.True(ledger.TryTakeGated(2));
        Assert.True(ledger.Read().IsGated);
    }

    [Fact]
    public void CloseGate_SlotsHeld_GivesBackTheWordOfThatInstant()
    {
        var ledger = new SlotLedger(5);
        ledger.TryTake(3);
        ledger.Return(1);

        var word = ledger.CloseGate();

        Assert.Equal((true, 5, 2), (word.IsGated, word.Limit, word.InFlight));
        Assert.Equal(word.Bits, ledger.Read().Bits);
    }

    [Fact]
    public void Return_GateClosedInBetween_ShowsTheGateToWhoeverReturns()
    {
        var ledger = new SlotLedger(2);
        ledger.TryTake(2);

        Assert.False(ledger.Return(1).IsGated);
        ledger.CloseGate();
        var word = ledger.Return(1);

        Assert.Equal((true, 0), (word.IsGated, word.InFlight));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public void SetLimit_SlotsHeldAndGateClosed_ChangesTheLimitOnly(int limit)
    {
        var ledger = new SlotLedger(7);
        ledger.TryTake(5);
        ledger.CloseGate();

        Assert.Equal(7, ledger.SetLimit(limit));
        var word = ledger.Read();
        Assert.Equal((true, limit, 5), (word.IsGated, word.Limit, word.InFlight));
    }

    [Fact]
    public void SetLimit_BelowInFlight_RefusesUntilItHasDrained()
    {
        var ledger = new SlotLedger(3);
        ledger.TryTake(3);
        ledger.SetLimit(1);

        ledger.Return(1);
        Assert.False(ledger.TryTake(1));
        ledger.Return(1);
        Assert.False(ledger.TryTake(1));
        ledger.Return(1);
        Assert.True(ledger.TryTake(1));
    }

    [Fact]
    public void TryTake_DeadlineHasCome_RefusesUntilAnotherIsSet()
    {
        var clock = new FakeTimeProvider();
        var deadline = new GrantDeadline(clock);
        var ledger = new SlotLedger(3) { Deadline = deadline };
        Assert.False(ledger.TryTake(1));

        deadline.Set(clock.GetTimestamp() + 1);
        Assert.True(ledger.TryTake(1));
        ledger.CloseGate();
        Assert.True(ledger.TryTakeGated(1));

        deadline.Set(clock.GetTimestamp());
        Assert.False(ledger.TryTakeGated(1));
        ledger.OpenGate();
        Assert.False(ledger.TryTake(1));
        Assert.Equal(2, ledger.Read().InFlight);
    }

    [Fact]
    public void IsOver_ClockThrows_IsOver()
    {
        var deadline = new GrantDeadline(new ThrowingClock());
        deadline.Set(long.MaxValue);

        Assert.True(deadline.IsOver);
    }

    private sealed class ThrowingClock : TimeProvider
    {
        public override long GetTimestamp() => throw new InvalidOperationException("No clock today.");
    }
}
