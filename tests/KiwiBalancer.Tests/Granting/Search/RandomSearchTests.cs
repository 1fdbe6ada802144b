using Xunit.Abstractions;

namespace KiwiBalancer.Tests.Granting.Search;

/// <summary>F1 to F4, F8 and F9 over random cases: quota, conservation, order, long-run error, newcomers.</summary>
public sealed class RandomSearchTests(ITestOutputHelper output)
{
    [Fact]
    public void Granting_RandomClients_KeepsEveryPromise() => new RandomSearch(Cases.Static(), 300, output).Run();

    [Fact]
    public void Granting_RandomChanges_KeepsEveryPromise() => new RandomSearch(Cases.Dynamic(), 300, output).Run();

    [Fact]
    public void Arriving_WhereOthersHaveSettled_HasItsShareInTime()
    {
        var search = new RandomSearch(Cases.Newcomers, 300, output);

        search.Run();

        var times = search.Judges.SelectMany(j => j.TimesToShare).ToArray();
        output.WriteLine($"{times.Length} newcomers took {times.Average():0.00} D to their share, {times.Max():0.00} at most.");
        Assert.True(times.Length >= 100 && times.Average() <= 0.8, $"{times.Length} newcomers took {times.Average()} D on average.");

        // Where residents are owed something from before, they may be first, but that is rare.
        var rounds = search.Judges.SelectMany(j => j.RoundsToFirstSlot).ToArray();
        output.WriteLine($"{rounds.Length} newcomers with less than a slot took {rounds.Average():0.00} D / s to their first, {rounds.Max():0.00} at most.");
        Assert.True(rounds.Length >= 100 && rounds.Count(r => r > Judge.FirstSlotTime) <= rounds.Length / 50, $"{rounds.Count(r => r > Judge.FirstSlotTime)} of {rounds.Length} waited too long.");
    }
}
