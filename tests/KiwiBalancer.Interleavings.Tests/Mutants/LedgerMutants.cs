namespace KiwiBalancer.Interleavings.Tests.Mutants;

/// <summary>Rules of <c>Ledger/README.md</c>.</summary>
internal static class LedgerMutants
{
    public static IEnumerable<Mutant> All { get; } =
    [
        new(
            "A take at the door compares the limit inside the word it exchanges",
            "Ledger/SlotLedger.cs",
            "if (word.IsGated || !word.Fits(cost))",
            "if (word.IsGated)",
            "word: three take and return one slot"),
        new(
            "A take behind the gate compares the limit inside the word it exchanges",
            "Ledger/SlotLedger.cs",
            "            if (!word.Fits(cost))",
            "            if (false)",
            "word: the limit falls while the owner grants and one takes"),
        new(
            "While gated, the door refuses everybody",
            "Ledger/SlotLedger.cs",
            "if (word.IsGated || !word.Fits(cost))",
            "if (!word.Fits(cost))",
            "word: two take and return while the owner closes, grants and opens"),
        new(
            "A return reads the gate in the word that it changes",
            "Ledger/SlotLedger.cs",
            "var word = new LedgerWord(Interlocked.Add(ref _word.Value, -cost));",
            """
            var word = Read();
                    Interlocked.Add(ref _word.Value, -cost);
            """,
            "a release meets an arrival"),
        new(
            "The closing of the gate gives back the in-flight of that very exchange",
            "Ledger/SlotLedger.cs",
            "public LedgerWord CloseGate() => new(Interlocked.Or(ref _word.Value, LedgerWord.Gate) | LedgerWord.Gate);",
            """
            public LedgerWord CloseGate()
                {
                    var word = Read();
                    Interlocked.Or(ref _word.Value, LedgerWord.Gate);
                    return new(word.Bits | LedgerWord.Gate);
                }
            """,
            "a release meets an arrival"),
        new(
            "The opening of the gate is one exchange of the word",
            "Ledger/SlotLedger.cs",
            "Interlocked.And(ref _word.Value, ~LedgerWord.Gate);",
            "Volatile.Write(ref _word.Value, Volatile.Read(ref _word.Value) & ~LedgerWord.Gate);",
            "word: two take and return while the owner closes, grants and opens", "word: two set the limit at once while the owner closes and opens", "a release, and the client it came from sends again, while another waits", "three run on one slot"),
        new(
            "A new limit is one exchange of the word",
            "Ledger/SlotLedger.cs",
            "var found = Interlocked.CompareExchange(ref _word.Value, word.WithLimit(limit).Bits, seen);",
            """
            Volatile.Write(ref _word.Value, word.WithLimit(limit).Bits);
                        var found = seen;
            """,
            "word: the limit falls and rises while one takes"),
        new(
            "A release gives the slots back to the ledger first, then takes them off the client's word",
            "Clients/ClientHandle.cs",
            """
            var isGated = _ledger.Return(cost).IsGated;
                    var word = new ClientWord(Interlocked.Add(ref _word, -cost));
            """,
            """
            var word = new ClientWord(Interlocked.Add(ref _word, -cost));
                    var isGated = _ledger.Return(cost).IsGated;
            """,
            "a client is closed while its last slot comes back"),
    ];
}
