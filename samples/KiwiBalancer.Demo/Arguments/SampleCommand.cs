using System.CommandLine;
using System.CommandLine.Help;

namespace KiwiBalancer.Demo.Arguments;

/// <summary>What the command lines of the samples have in common: how they are read, and what is said of what is not allowed.</summary>
internal abstract class SampleCommand
{
    private readonly RootCommand _root;

    protected SampleCommand(string description)
    {
        _root = new RootCommand(description);

        // A sample has no version of its own.
        _root.Options.Remove(_root.Options.OfType<VersionOption>().Single());
    }

    public bool TryShowHelp(string[] args, TextWriter output)
    {
        ParseResult result = Read(args);
        if (result.Action is not HelpAction)
        {
            return false;
        }

        result.Invoke(new InvocationConfiguration { Output = output });
        return true;
    }

    protected void Add(params Option[] options)
    {
        foreach (Option option in options)
        {
            _root.Options.Add(option);
        }
    }

    /// <exception cref="WrongArgumentException">Something in <paramref name="args"/> is no option, or an option without its value.</exception>
    protected ParseResult ReadKnown(string[] args)
    {
        ParseResult result = Read(args);
        if (result.UnmatchedTokens is [string unknown, ..])
        {
            throw new WrongArgumentException($"'{unknown}' is not an option; the options are {string.Join(", ", _root.Options.Select(o => o.Name))}; run with --help to see what each does");
        }

        return result.Errors is [var error, ..]
            ? throw new WrongArgumentException($"{error.Message.ReplaceLineEndings(" ").TrimEnd('.')}; run with --help to see what is allowed")
            : result;
    }

    protected static void RequireOneOf(ParseResult result, Option<string> option, params string[] allowed)
    {
        if (result.GetValue(option) is { } given && !allowed.Contains(given, StringComparer.Ordinal))
        {
            throw new WrongArgumentException($"{option.Name} is '{given}', but must be {string.Join(" or ", allowed)}; give that, or leave {option.Name} out");
        }
    }

    protected static string PngFile(Option option, string path) => path.EndsWith(".png", StringComparison.OrdinalIgnoreCase)
        ? WritableFile(option, path)
        : throw new WrongArgumentException($"{option.Name} is '{path}', but the picture is a PNG; give a file name that ends in .png");

    // Found out now rather than after the run, whose result would be lost.
    protected static string WritableFile(Option option, string path)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path.Length > 0 ? path : "."));
        return path.Length > 0 && !Directory.Exists(path) && Directory.Exists(folder)
            ? path
            : throw new WrongArgumentException($"{option.Name} is '{path}', but must be a file in a folder that exists; give another path");
    }

    // Response files are off: an '@' in a client's name or a path must stay what it is.
    private ParseResult Read(string[] args) => _root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
}
