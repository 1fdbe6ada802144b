using KiwiBalancer.Demo.Report.Live;
using KiwiBalancer.Fleet.Engines;
using KiwiBalancer.Fleet.Figures;
using KiwiBalancer.Fleet.Nodes;

namespace KiwiBalancer.Fleet;

/// <summary>The entry point: of the fleet, and of the processes it starts.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case [NodeProgram.Verb, var options]:
                return await NodeProgram.RunAsync(options);
            case [GarnetProgram.Verb, var port]:
                return await GarnetProgram.RunAsync(port);
            case [FiguresCommand.Verb]:
                return await FiguresCommand.RunAsync(Console.Out, Console.Error);
            default:
                using (ConsoleTerminal? terminal = ConsoleTerminal.TryOpen())
                {
                    return await FleetApp.RunAsync(args, Console.Out, Console.Error, terminal);
                }
        }
    }
}
