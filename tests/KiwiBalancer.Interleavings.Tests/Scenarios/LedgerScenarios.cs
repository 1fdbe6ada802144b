using KiwiBalancer.Interleavings.Tests.Exploring;
using KiwiBalancer.Interleavings.Tests.Stages;

namespace KiwiBalancer.Interleavings.Tests.Scenarios;

/// <summary>The packed word alone, without a bound on preemptions.</summary>
internal static class LedgerScenarios
{
    public static IEnumerable<Scenario> All { get; } =
    [
        Of("word: three take and return one slot", limit: 1, stage =>
        {
            stage.Add("take, return", () => stage.TakeAndReturn());
            stage.Add("take, return", () => stage.TakeAndReturn());
            stage.Add("take, return", () => stage.TakeAndReturn());
        }),
        Of("word: two take and return while the owner closes, grants and opens", limit: 1, stage =>
        {
            stage.Add("take, return", () => stage.TakeAndReturn());
            stage.Add("take, return", () => stage.TakeAndReturn());
            stage.Add("own", stage.Own);
        }),
        Of("word: the limit falls and rises while one takes", limit: 2, stage =>
        {
            stage.Add("take 2, return", () => stage.TakeAndReturn(2));
            stage.Add("take, return", () => stage.TakeAndReturn());
            stage.Add("limit 1, 3", () =>
            {
                stage.Ledger.SetLimit(1);
                stage.Ledger.SetLimit(3);
            });
        }),
        Of("word: the limit falls while the owner grants and one takes", limit: 2, stage =>
        {
            stage.Add("take 2, return", () => stage.TakeAndReturn(2));
            stage.Add("limit 0", () => stage.Ledger.SetLimit(0));
            stage.Add("own", stage.Own);
        }),
        Of("word: two set the limit at once while the owner closes and opens", limit: 1, stage =>
        {
            stage.Add("limit 2", () => stage.Ledger.SetLimit(2));
            stage.Add("limit 3", () => stage.Ledger.SetLimit(3));
            stage.Add("close, open", stage.CloseAndOpen);
        }),
    ];

    private static Scenario Of(string name, int limit, Action<LedgerStage> set) => new(
        name,
        () =>
        {
            var stage = new LedgerStage(limit);
            set(stage);
            return stage;
        },
        Preemptions: int.MaxValue);
}
