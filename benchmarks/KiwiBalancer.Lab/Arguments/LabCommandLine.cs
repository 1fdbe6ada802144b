using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;

namespace KiwiBalancer.Lab.Arguments;

/// <summary>The command line as it is declared and read.</summary>
/// <remarks>Values are declared as text and converted here, so that every complaint is one line that says what is allowed.</remarks>
internal sealed class LabCommandLine
{
    private const string All = "all";

    private readonly Option<string> _scenario = new("--scenario") { HelpName = "NAME|all", Description = "The scenario to run. Default: all." };
    private readonly Option<string> _json = new("--json") { HelpName = "FILE", Description = "Write the results to a file." };
    private readonly Option<string> _chart = new("--chart") { HelpName = "DIR", Description = "Draw a picture of every scenario into a folder, which is made if it does not exist." };
    private readonly Option<string> _seed = new("--seed") { HelpName = "N", Description = "The seed of everything random, from 0. Default: 1." };
    private readonly RootCommand _root;
    private readonly Dictionary<Command, ILabCommand> _commands = [];

    public LabCommandLine(IEnumerable<ILabCommand> commands)
    {
        _root = new RootCommand("Experiments with the balancer: what it promises, measured, beside what others do.");
        foreach (var lab in commands)
        {
            var command = new Command(lab.Name, $"{lab.Description} Scenarios: {string.Join(", ", lab.Scenarios)}.") { _scenario, _json, _chart, _seed };
            foreach (var option in lab.Options)
            {
                command.Options.Add(option);
            }

            _commands.Add(command, lab);
            _root.Subcommands.Add(command);
        }

        // The lab has no version of its own.
        _root.Options.Remove(_root.Options.OfType<VersionOption>().Single());
    }

    public bool TryShowHelp(string[] args, TextWriter output)
    {
        var result = Read(args);
        if (result.Action is not HelpAction)
        {
            return false;
        }

        result.Invoke(new InvocationConfiguration { Output = output });
        return true;
    }

    /// <exception cref="WrongArgumentException">Something in <paramref name="args"/> is not allowed.</exception>
    public (ILabCommand Command, LabArguments Arguments) Parse(string[] args)
    {
        var result = Read(args);
        var names = string.Join('|', _commands.Values.Select(c => c.Name));
        if (result.UnmatchedTokens is [var unknown, ..])
        {
            throw new WrongArgumentException($"'{unknown}' is not known here; give one of {names} and options of it; run with --help to see them");
        }

        if (!_commands.TryGetValue(result.CommandResult.Command, out var lab))
        {
            throw new WrongArgumentException($"no command is given, but one of {names} is needed; run with --help to see what each does");
        }

        if (result.Errors is [var error, ..])
        {
            throw new WrongArgumentException($"{error.Message.ReplaceLineEndings(" ").TrimEnd('.')}; run with --help to see what is allowed");
        }

        return (lab, new LabArguments(
            Scenarios(lab, result.GetValue(_scenario)),
            result.GetValue(_json) is { } json ? WritableFile(json) : null,
            result.GetValue(_chart) is { } chart ? Folder(chart) : null,
            result.GetValue(_seed) is { } seed ? Seed(seed) : 1,
            result));
    }

    // Response files are off: an '@' in a path must stay what it is.
    private ParseResult Read(string[] args) => _root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

    private IReadOnlyList<string> Scenarios(ILabCommand lab, string? given)
    {
        if (given is null or All)
        {
            return lab.Scenarios;
        }

        return lab.Scenarios.Contains(given, StringComparer.Ordinal)
            ? [given]
            : throw new WrongArgumentException($"{_scenario.Name} is '{given}', but {lab.Name} has only {string.Join(", ", lab.Scenarios)}; give one of these, or {All}");
    }

    private int Seed(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new WrongArgumentException($"{_seed.Name} is '{text}', but must be a whole number from 0 to {int.MaxValue}; give one in that range");

    // Found out now rather than after the run, whose result would be lost.
    private string WritableFile(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path.Length > 0 ? path : "."));
        return path.Length > 0 && !Directory.Exists(path) && Directory.Exists(folder)
            ? path
            : throw new WrongArgumentException($"{_json.Name} is '{path}', but must be a file in a folder that exists; give another path");
    }

    private string Folder(string path)
    {
        try
        {
            return Directory.CreateDirectory(path).FullName;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new WrongArgumentException($"{_chart.Name} is '{path}', but must be a folder that exists or can be made; give another path");
        }
    }
}
