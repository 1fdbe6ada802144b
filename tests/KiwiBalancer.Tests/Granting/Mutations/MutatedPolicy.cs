using System.Reflection;
using KiwiBalancer.Granting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KiwiBalancer.Tests.Granting.Mutations;

/// <summary>Compiles the weighted policy anew from its sources, with a rule switched off: the shipped code has no flags for it.</summary>
internal static class MutatedPolicy
{
    private const string Usings = """
        global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading;
        """;

    // What the policy and its driver have in common must stay the same types; the other policies and the grant loop are not asked.
    private static readonly string[] NotCompiled =
        ["IGrantPolicy", "Claim", "Decided", "GrantLoop", "GrantRound", "ReleaseRate", "Returned", "StaleClaims", "TurnRules", "WaterFilling", "Batch", "RoundRobin", "SingleClient"];

    private static readonly CSharpParseOptions Language = new(LanguageVersion.Preview);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System", StringComparison.Ordinal) || name == "KiwiBalancer.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Makes policies without the rules that <paramref name="edits"/> take out.</summary>
    public static Func<IGrantPolicy> Compile(params IReadOnlyList<Edit> edits)
    {
        var sources = Sources();
        foreach (var edit in edits)
            sources[edit.File] = Apply(edit, sources[edit.File]);

        // The name is that of this assembly, to which the core shows its internals.
        var compilation = CSharpCompilation.Create(
            typeof(MutatedPolicy).Assembly.GetName().Name,
            sources.Values.Append(Usings).Select(text => CSharpSyntaxTree.ParseText(text, Language)),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join(Environment.NewLine, result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        var type = Assembly.Load(image.ToArray()).GetType(typeof(WeightedPolicy).FullName!, throwOnError: true)!;
        return () => (IGrantPolicy)Activator.CreateInstance(type)!;
    }

    private static string Apply(Edit edit, string source)
    {
        var places = source.Split(edit.From).Length - 1;
        Assert.True(places == 1, $"Granting/{edit.File}.cs has '{edit.From}' {places} times, but a mutation of it needs it once: bring the mutation up to date.");
        return source.Replace(edit.From, edit.To, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Sources()
    {
        const string Prefix = "Granting.";
        var assembly = typeof(MutatedPolicy).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => (Name: name, File: Path.GetFileNameWithoutExtension(name[Prefix.Length..])))
            .Where(resource => !NotCompiled.Any(not => resource.File == not || resource.File.StartsWith(not + "Policy", StringComparison.Ordinal) || resource.File.StartsWith(not + "Claim", StringComparison.Ordinal)))
            .ToDictionary(resource => resource.File, resource => Read(assembly, resource.Name), StringComparer.Ordinal);
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
