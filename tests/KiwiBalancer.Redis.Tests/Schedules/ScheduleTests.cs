using KiwiBalancer.Redis.Tests.Support;

namespace KiwiBalancer.Redis.Tests.Schedules;

/// <summary>The promises I1 to I6 of the protocol under random schedules of everything that can go wrong.</summary>
public class ScheduleTests
{
    [Fact]
    public void Schedules_WhateverGoesWrong_BreakNoPromise()
    {
        Parallel.For(0, Run.IsComplete ? 5_000 : 500, seed =>
        {
            var schedule = RandomSchedule.Of((ulong)seed);
            if (Shrinking.Violation(schedule) is not null)
            {
                Assert.Fail(Shrinking.Story(Shrinking.Shrink(schedule)));
            }
        });
    }

    [Theory]
    [InlineData(nameof(Mutants.NoDrainConfirmation))]
    [InlineData(nameof(Mutants.NoQuarantine))]
    [InlineData(nameof(Mutants.NoOwnClock))]
    [InlineData(nameof(Mutants.NoSequenceCheck))]
    [InlineData(nameof(Mutants.PushWithoutSequenceCheck))]
    [InlineData(nameof(Mutants.LateReplyAccepted))]
    [InlineData(nameof(Mutants.LeaseFromReceiveTime))]
    [InlineData(nameof(Mutants.NoLinger))]
    [InlineData(nameof(Mutants.OldClaim))]
    [InlineData(nameof(Mutants.FlushUnnoticed))]
    [InlineData(nameof(Mutants.FloorOnTop))]
    public void Schedules_WithoutOneRule_BreakAPromise(string mutant)
    {
        for (var seed = 0UL; seed < 5_000; seed++)
        {
            if (Shrinking.Violation(RandomSchedule.Of(seed), Mutants.Make(mutant)) is not null)
            {
                return;
            }
        }

        Assert.Fail($"5,000 schedules did not miss the rule that {mutant} leaves out.");
    }
}
