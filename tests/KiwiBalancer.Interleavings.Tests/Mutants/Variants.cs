namespace KiwiBalancer.Interleavings.Tests.Mutants;

/// <summary>The core with other numbers, so that a few actors reach what takes crowds otherwise. Nothing must be found in them.</summary>
internal static class Variants
{
    public const string LetsGo = "if (decided.Count >= EnoughDecided || rounds >= EnoughRounds)";
    public const string LetsGoAtOnce = "if (decided.Count >= 1 || rounds >= 2)";
    public const string TakesUp = "if (turn == EnoughTurns)";
    public const string TakesUpNever = "if (turn == 0)";

    public static IReadOnlyList<Mutant> List { get; } =
    [
        new(
            "The owner lets go after each waiter, and takes ownership up again",
            "Granting/GrantLoop.cs",
            LetsGo,
            LetsGoAtOnce,
            "three run on one slot", "two slots of one client come back while another waits for both", "a cancellation meets the grant", "a timeout meets the grant"),
        new(
            "The owner lets go after each waiter, and the pool goes on",
            "Granting/GrantLoop.cs",
            LetsGo,
            LetsGoAtOnce,
            "two run on one slot", "a release meets an arrival", "the limit falls and rises while a slot is handed on", "a client is disposed by force while its waiter is granted")
        {
            Also = [(TakesUp, TakesUpNever)],
        },
        new(
            "One grant a round",
            "Granting/GrantRound.cs",
            "var isDone = Grant(MostGrants);",
            "var isDone = Grant(1);",
            "two slots of one client come back while another waits for both", "the limit falls and rises while a slot is handed on", "a weight is set while a slot is handed on"),
    ];
}
