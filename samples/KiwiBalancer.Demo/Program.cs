using KiwiBalancer.Demo.Report.Live;
using KiwiBalancer.Demo.Server;

namespace KiwiBalancer.Demo;

/// <summary>The entry point. The same executable is the demo and, started by the demo with a hidden verb, the fragile server it loads.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is [ServerVerb.Name, ..])
        {
            return await ServerVerb.RunAsync(args);
        }

        using ConsoleTerminal? terminal = ConsoleTerminal.TryOpen();
        return await DemoApp.RunAsync(args, Console.Out, Console.Error, terminal);
    }
}
