using KiwiBalancer.Lab.Arguments;
using KiwiBalancer.Lab.Fairness;
using KiwiBalancer.Lab.Handover;
using KiwiBalancer.Lab.Replay;
using KiwiBalancer.Lab.Scale;

namespace KiwiBalancer.Lab;

/// <summary>From a command line to an exit code.</summary>
internal static class LabApp
{
    public static IReadOnlyList<ILabCommand> Commands { get; } = [new FairnessCommand(), new ReplayCommand(), new HandoverCommand(), new ScaleCommand()];

    /// <summary>Runs one command of the lab.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="output">Where results are written.</param>
    /// <param name="error">Where wrong arguments and broken promises are named, one a line.</param>
    /// <param name="commands">What it can do; by default all <see cref="Commands"/>.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, IReadOnlyList<ILabCommand>? commands = null)
    {
        try
        {
            var line = new LabCommandLine(commands ?? Commands);
            if (line.TryShowHelp(args, output))
            {
                return ExitCode.Kept;
            }

            var (command, arguments) = line.Parse(args);
            return await command.RunAsync(arguments, output, error) ? ExitCode.Kept : ExitCode.Broken;
        }
        catch (WrongArgumentException wrong)
        {
            await error.WriteLineAsync(wrong.Message);
            return ExitCode.WrongArguments;
        }
    }
}
