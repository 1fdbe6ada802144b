using System.Globalization;
using KiwiBalancer.Demo;
using KiwiBalancer.Fleet.Engines;

namespace KiwiBalancer.Fleet.Figures;

/// <summary><c>figures</c>: what the package does, in numbers, as the table of <c>benchmarks/results/fleet.md</c>. About three minutes; needs redis-server.</summary>
internal static class FiguresCommand
{
    public const string Verb = "figures";

    public static async Task<int> RunAsync(TextWriter output, TextWriter error)
    {
        if (RedisServer.Program is null)
        {
            await error.WriteLineAsync("redis-server is not installed, and these figures are of one; install it (Debian: apt-get install redis-server)");
            return ExitCode.WrongArguments;
        }

        await using RedisServer redis = await RedisServer.StartAsync();
        await output.WriteLineAsync("| | |\n| --- | --- |");
        foreach (int roundTrip in (int[])[0, 20, 100])
        {
            await WriteAsync(string.Create(CultureInfo.InvariantCulture, $"idle slots recalled by a hot node, round trip {(roundTrip == 0 ? "~" : "")}{roundTrip} ms"), await MoveFigure.OfIdleSlotsAsync(redis, roundTrip));
        }

        await WriteAsync("half of the busy slots moved (50-150 ms requests)", await MoveFigure.OfBusySlotsAsync(redis));
        foreach (int rate in (int[])[54, 517, 2_751])
        {
            await WriteAsync("messages of a node", await MessagesFigure.AtAsync(redis, rate));
        }

        foreach ((string what, string value) in await TurnsFigure.RunAsync(redis))
        {
            await WriteAsync(what, value);
        }

        foreach (int nodes in (int[])[10, 1_000, 10_000])
        {
            (string plain, string recompute) = await ScriptFigure.OfAsync(redis, nodes);
            await WriteAsync(string.Create(CultureInfo.InvariantCulture, $"a report in a ledger of {nodes:N0} nodes, by the engine's clock"), $"{plain}; {recompute} with a look at all of them");
        }

        return ExitCode.Kept;

        async Task WriteAsync(string what, string value)
        {
            await output.WriteLineAsync($"| {what} | {value} |");
            await output.FlushAsync();
        }
    }
}
