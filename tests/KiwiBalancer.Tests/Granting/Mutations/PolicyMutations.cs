using KiwiBalancer.Tests.Granting.Search;

namespace KiwiBalancer.Tests.Granting.Mutations;

/// <summary>Every rule of the weighted policy that can be switched off, with the test that misses it.</summary>
internal static class PolicyMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        new(
            "trap 1: over-holders leave the level",
            () => new OverHolderTests().Granting_WhileOneHoldsSixOfTenForLong_LetsTheLightHaveTheirPartOfTheRest(),
            new Edit("Standings", "else if (_overHolders.IsStuck(claim))", "else if (_overHolders is null)"),
            new Edit("OverHolders", "if (!TryStickTop() && !TryFreeTop())", "if (moves >= 0)")),
        new(
            "trap 3: credit without backing is bounded",
            () => new NewcomerTests().Leaving_TheDebtor_LeavesTheCreditorNoMoreThanFourRoundsOfCredit(),
            new Edit("Standings", "if (credit > limit && unbacked > 0)", "if (credit > double.MaxValue)")),
        new(
            "trap 3: who enters stands κ rounds behind the first, not behind all",
            () => new NewcomerTests().Arriving_WhileOthersAreOwedForAThousandRequests_WaitsNoLongerThanFourRounds(),
            new Edit("Standings", "if (lines.Owed.Count == 0)", "if (lines.Owed.Count >= 0)")),
        new(
            "trap 4: slots are kept for a wide head that is overdue",
            () => new WideRequestTests().Granting_WideAmongNarrow_GetsItsHalf(8),
            new Edit("GrantChoice", "(IsOverdue(claim) || !_wide.MayPass(claim))", "claim.Weight < 0")),
        new(
            "trap 4: quotas leave room for the widest request",
            () => new WideRequestTests().Granting_CostsOfVeryDifferentWidths_KeepsQuotasAtEveryInstantAndSharesInTheLongRun(16, [1, 2, 3, 3], [1, 1, 1, 1]),
            new Edit("GrantChoice", "level.Covers((long)claim.CountedInFlight + level.Widest, claim.CountedWeight)", "level.Covers((long)claim.CountedInFlight + claim.HeadCost, claim.CountedWeight)")),
        new(
            "trap 4: who over-holds by less than the widest request stays in the level",
            () => new WideRequestTests().Granting_CostsOfVeryDifferentWidths_KeepsQuotasAtEveryInstantAndSharesInTheLongRun(42, [1, 3, 5, 1], [5, 3, 3, 1]),
            new Edit("OverHolders", "claim.CountedInFlight > _level.Widest && _level.IsReachedBy(claim.CountedInFlight - _level.Widest,", "claim.CountedInFlight > 1 && _level.IsReachedBy(claim.CountedInFlight - 1,")),
        new(
            "trap 5: the fraction goes by deadline, not by the smallest v",
            () => new FractionalShareTests().Granting_HeavyShareOfNineTenthsAmongAThousandLightOnes_IsNotLeftBehind(),
            new Edit("GrantChoice", "Line.Owed => Deadline(claim, Ease),", "Line.Owed => claim.Used,")),
        new(
            "only those are eligible that have not had more than their part",
            () => new FractionalShareTests().Granting_ThousandClientsOnTenSlots_LagsTheFluidIdealByLessThanOneAndAHalfRequests("constant"),
            new Edit("GrantChoice", "claim.Used <= clock.Time ? Line.Owed : Line.Ahead", "Line.Owed")),
        new(
            "idling earns nothing",
            () => new NewcomerTests().Returning_AfterIdling_GetsNoMoreThanItsShareOfTheSecondsAfter(100),
            new Edit("Standings", "claim.Used = Math.Max(claim.Used, EntryTime(claim));\n        var", "_ = before;\n        var")),
        new(
            "what a client is owed is the same after its weight has changed",
            () => new LimitChangeTests().ChangingAWeight_ToATenthWhileOwed_IsOwedTheSame(),
            new Edit("Standings", "claim.Used = clock.Time - ((clock.Time - claim.Used) * claim.CountedWeight / claim.Weight);", "")),
        new(
            "credit that is backed is kept whole",
            () => new FractionalShareTests().Granting_OneOfSixAHundredTimesLongerAtHalfASlot_UsesHalfASlot("constant"),
            new Edit("Standings", "if (credit > limit && unbacked > 0)", "if (credit > limit)"),
            new Edit("Standings", "kept = Math.Max(limit, credit - unbacked);", "kept = limit;")),
        new(
            "a debt without a creditor is forgiven",
            () => new NewcomerTests().Leaving_TheCreditors_ForgivesTheDebtsOfThoseWhoStay(),
            new Edit("Standings", "else if (credit < -limit && unbacked < 0)", "else if (credit < double.MinValue)")),
        new(
            "whole slots come before fractions",
            () => new WholeShareTests().Granting_BrokenShares_StaysBetweenFloorAndCeilingAtEveryInstant("exponential"),
            new Edit("GrantChoice", "var top = lines.Quota.Top;", "var top = lines.Quota.Top; if (lines.Owed.Count > 0) return null;")),
        new(
            "whole slots that a risen level gives come at once",
            () => new WholeShareTests().Leaving_WhileOneIsDeepInDebt_GivesItItsWholeSlotsAtOnce(),
            new Edit("GrantChoice", "if (rising.Find() is not { } risen)", "if (rising.Find() is not { } risen || risen.Weight > 0)")),
        new(
            "who holds its part is parked",
            () => RandomSearch.Find(Cases.Static()),
            new Edit("GrantChoice", "claim.CountedWeight))\n            return Line.Parked;", "claim.CountedWeight) && claim.Weight < 0)\n            return Line.Parked;")),
        new(
            "trap 2: V goes on while others come and go",
            () => new FractionalShareTests().Granting_HeavyShareOfNineTenthsAmongAThousandLightOnes_IsNotLeftBehind(),
            new Edit("FluidClock", "Time += _rate * elapsed", "Time += 0 * elapsed")),
    ];
}
