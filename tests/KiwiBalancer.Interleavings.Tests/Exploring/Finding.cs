using System.Text;

namespace KiwiBalancer.Interleavings.Tests.Exploring;

/// <summary>A course that ends in something that must never be.</summary>
internal sealed record Finding(string Scenario, string Course, string What, string Steps)
{
    public static Finding From(Scenario scenario, Stage stage, Course course, string what)
    {
        var text = new StringBuilder();
        var last = -1;
        foreach (var (actor, site) in course.Steps)
        {
            text.Append(actor == last ? "     " : $"{(char)('A' + actor)} -> ").AppendLine(site.Description);
            last = actor;
        }

        for (var i = 0; i < stage.Scripts.Count; i++)
        {
            text.Insert(0, $"{(char)('A' + i)}: {stage.Scripts[i].Name}{Environment.NewLine}");
        }

        return new Finding(scenario.Name, course.ToString(), what, text.ToString());
    }

    /// <inheritdoc/>
    public override string ToString() => $"""
        {What}
        Scenario: {Scenario}
        Course (replay it with Explorer.Replay): {Course}
        {Steps}
        """;
}
