using KiwiBalancer.Demo.Report.Live;

namespace KiwiBalancer.Demo;

/// <summary>The entry point.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        using ConsoleTerminal? terminal = ConsoleTerminal.TryOpen();
        return await DemoApp.RunAsync(args, Console.Out, Console.Error, terminal);
    }
}
