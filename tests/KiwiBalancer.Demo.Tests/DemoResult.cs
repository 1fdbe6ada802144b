using KiwiBalancer.Demo.Report.Live;

namespace KiwiBalancer.Demo.Tests;

/// <summary>What a run of the demo's entry point left behind.</summary>
internal sealed record DemoResult(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(100);

    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Task<DemoResult> OfAsync(params string[] args) => OnAsync(null, args);

    public static async Task<DemoResult> OnAsync(ITerminal? terminal, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int exitCode = await DemoApp.RunAsync(args, output, error, terminal).WaitAsync(Watchdog);
        return new DemoResult(exitCode, output.ToString(), error.ToString());
    }
}
