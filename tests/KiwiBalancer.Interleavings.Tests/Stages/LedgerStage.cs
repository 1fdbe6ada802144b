using KiwiBalancer.Interleavings.Tests.Exploring;
using KiwiBalancer.Ledger;

namespace KiwiBalancer.Interleavings.Tests.Stages;

/// <summary>The packed word alone.</summary>
internal sealed class LedgerStage(int limit) : Stage
{
    private LedgerWord _last;
    private int _held;

    public SlotLedger Ledger { get; } = new(limit);

    public void TakeAndReturn(int cost = 1)
    {
        if (Ledger.TryTake(cost))
        {
            Return(cost);
        }
    }

    /// <summary>What an owner does: closes the gate, grants if it can, opens it.</summary>
    public void Own()
    {
        var closed = Ledger.CloseGate();
        Require(closed.IsGated, "The word that closing gives back is gated.");
        if (Ledger.TryTakeGated(1))
        {
            Require(Ledger.Return(1).IsGated, "Only the owner opens the gate.");
        }

        Ledger.OpenGate();
    }

    public void CloseAndOpen()
    {
        Ledger.CloseGate();
        Ledger.OpenGate();
    }

    public void Return(int cost) => Ledger.Return(cost);

    public override void CheckState(bool isQuiet, Site? made)
    {
        var word = Ledger.Read();
        if (word.InFlight > _last.InFlight)
        {
            Require(word.InFlight <= word.Limit, $"Never over: {word}.");
            Require(!_last.IsGated || made?.Member != nameof(SlotLedger.TryTake), $"No overtaking: {word}.");
        }

        Require((word.Bits & (1L << 31)) == 0, $"A carry or a borrow: {word.Bits:x16}.");
        _last = word;
        _held = word.InFlight;
    }

    public override void CheckEnd()
    {
        var word = Ledger.Read();
        Require(word.InFlight == 0 && !word.IsGated, $"Not back at zero: {word}, {_held} before.");
    }
}
