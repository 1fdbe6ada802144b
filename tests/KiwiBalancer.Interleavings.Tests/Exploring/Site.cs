using System.Text.RegularExpressions;

namespace KiwiBalancer.Interleavings.Tests.Exploring;

/// <summary>One place in the sources that makes a step.</summary>
internal sealed partial class Site
{
    // Two threads may only disturb each other here, whatever the name says: it stands for a field that has another name elsewhere.
    private const string Anything = "";

    public Site(string operation, string what, string file, int line, string member)
    {
        var name = Path.GetFileName(file);
        var type = name.Split('.')[0];
        Member = member;
        Field = FieldName().Match(what) is { Success: true } match ? $"{type}.{match.Value}"
            : file == Standin ? what
            : Anything;
        IsQuiet = file.Contains("/Diagnostics/", StringComparison.Ordinal) || type is "Depot" or "Spares" or "Magazine";
        Description = file == Standin ? $"{what}.{operation}" : $"{type}.{member}: {operation} {what.Replace("ref ", "", StringComparison.Ordinal)} ({name}:{line})";
    }

    /// <summary>The file of those steps that are not a memory access of the core's.</summary>
    public const string Standin = "";

    public string Member { get; }

    /// <summary>What is accessed; all objects of a class count as one, which only explores more.</summary>
    public string Field { get; }

    public bool IsAnything => Field.Length == 0;

    /// <summary>Not a step: what happens here is none of the protocol's.</summary>
    public bool IsQuiet { get; }

    public string Description { get; }

    [GeneratedRegex(@"_\w+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex FieldName();
}
