using KiwiBalancer.Demo.Arguments;
using KiwiBalancer.Demo.Load;
using KiwiBalancer.Demo.Report.Live;
using KiwiBalancer.Fragile;

namespace KiwiBalancer.Demo;

/// <summary>From a command line to an exit code.</summary>
internal static class DemoApp
{
    /// <summary>Runs the demo.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="output">Where the run is shown.</param>
    /// <param name="error">Where wrong arguments and broken guarantees are named, one a line.</param>
    /// <param name="terminal">Where the run is drawn while it goes on; null where there is none, and lines are written instead.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, ITerminal? terminal = null)
    {
        DemoArguments arguments;
        Scenario scenario;
        try
        {
            var command = new DemoCommand();
            if (command.TryShowHelp(args, output))
            {
                return ExitCode.Kept;
            }

            arguments = command.Parse(args);
            scenario = arguments.Traces.Count > 0 ? TraceScenario.Create(arguments) : StaggeredScenario.Create(arguments);
        }
        catch (WrongArgumentException wrong)
        {
            await error.WriteLineAsync(wrong.Message);
            return ExitCode.WrongArguments;
        }

        using var interrupt = new Interrupt();
        try
        {
            return await new DemoSession(arguments, scenario, output, error, terminal).RunAsync(interrupt.Token);
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            await error.WriteLineAsync("interrupted: the server was stopped and nothing was reported");
            return ExitCode.Interrupted;
        }
        catch (Exception failed) when (failed is RunFailedException or ServerFailedException)
        {
            await error.WriteLineAsync(failed.Message);
            return ExitCode.Broken;
        }
    }
}
