namespace KiwiBalancer.Demo.Tests;

/// <summary>What a run of the demo's entry point left behind.</summary>
internal sealed record DemoResult(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(100);

    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static async Task<DemoResult> OfAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int exitCode = await DemoApp.RunAsync(args, output, error).WaitAsync(Watchdog);
        return new DemoResult(exitCode, output.ToString(), error.ToString());
    }
}
