using System.Reflection;
using System.Text.RegularExpressions;

namespace KiwiBalancer.Tests.Readme;

/// <summary>The snippets of a README, and the compiled files they must stand in, line by line; both are resources of the test assembly.</summary>
internal static partial class Snippets
{
    public static void AssertCompiled(Assembly assembly)
    {
        var compiled = Resources(assembly, "Snippet.").Select(Lines).ToArray();
        var snippets = Snippet().Matches(Readme(assembly)).Select(match => Lines(match.Groups["code"].Value)).ToArray();

        Assert.NotEmpty(snippets);
        Assert.All(snippets, snippet => Assert.Contains(compiled, file => Contains(file, snippet)));
    }

    public static string Readme(Assembly assembly) => Resources(assembly, "README").Single();

    private static IEnumerable<string> Resources(Assembly assembly, string start)
    {
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(start, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }

    private static string[] Lines(string text) =>
        [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("using KiwiBalancer", StringComparison.Ordinal))];

    private static bool Contains(string[] file, string[] snippet) =>
        Enumerable.Range(0, Math.Max(0, file.Length - snippet.Length + 1)).Any(start => file.AsSpan(start, snippet.Length).SequenceEqual(snippet));

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Snippet();
}
