using System.CommandLine;

namespace KiwiBalancer.Lab.Arguments;

/// <summary>What every command of the lab understands.</summary>
/// <param name="Scenarios">The scenarios to run, in the order the command lists them.</param>
/// <param name="JsonPath">Where to write the results; null for nowhere.</param>
/// <param name="ChartFolder">The folder to draw into, which exists; null to draw nothing.</param>
/// <param name="Seed">The same seed gives the same virtual run, bit for bit.</param>
/// <param name="Parsed">The whole command line, for options of one command.</param>
internal sealed record LabArguments(IReadOnlyList<string> Scenarios, string? JsonPath, string? ChartFolder, int Seed, ParseResult Parsed)
{
    /// <summary>The value of an option of the command's own.</summary>
    public T? Value<T>(Option<T> option) => Parsed.GetValue(option);
}
