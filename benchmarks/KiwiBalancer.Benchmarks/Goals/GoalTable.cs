using System.Globalization;

namespace KiwiBalancer.Benchmarks.Goals;

/// <summary>The lines of the goal table, as Markdown.</summary>
public sealed class GoalTable(TextWriter output)
{
    public void Begin() => output.WriteLine("| what | goal | got | CPU | reached |\n| --- | --- | --- | --- | --- |");

    /// <summary>A ratio within one run; lower is better.</summary>
    public void Ratio(string what, double goal, double got, double cpu) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | ≤ {goal:0.##} | {got:0.00} | {cpu:0.00} | {Reached(got <= goal)} |"));

    /// <summary>Bytes per request; less than half a byte is what the loop itself allocates.</summary>
    public void Bytes(string what, double goal, double got) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | ≤ {goal:0} B | {got:0.0} B | | {Reached(got <= goal + 0.5)} |"));

    /// <summary>No goal of ours: what it is to be compared with.</summary>
    public void Reference(string what, string got) => output.WriteLine($"| {what} | | {got} | | |");

    /// <summary>All of a contest, with the medians of its rounds.</summary>
    public void Everybody(string title, Contest contest, string baseline)
    {
        output.WriteLine($"\n| {title} | ns | ratio | CPU ns | CPU ratio | bytes |\n| --- | --- | --- | --- | --- | --- |");
        foreach (var name in contest.Names)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {contest.Nanoseconds(name):0} | {contest.Ratio(name, baseline):0.00} | {contest.CpuNanoseconds(name):0} | {contest.CpuRatio(name, baseline):0.00} | {contest.Bytes(name):0} |"));
        }
    }

    private static string Reached(bool isReached) => isReached ? "yes" : "no";
}
