using System.CommandLine;

namespace KiwiBalancer.Soak;

/// <summary>The command line.</summary>
public static class SoakCommand
{
    /// <summary>Runs what the arguments ask for.</summary>
    public static async Task<int> InvokeAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        var seconds = Number("--seconds", 20, 1, 1_000_000, "how long");
        var seed = new Option<int>("--seed") { Description = "what the random choices follow from", DefaultValueFactory = _ => Environment.TickCount };
        var clients = Number("--clients", 16, 1, 10_000, "how many clients at any time");
        var limit = Number("--limit", 12, 4, 10_000, "the limit, around which it is changed");
        var report = new Option<string?>("--report") { Description = "a file to write the report to as well" };
        var command = new RootCommand("Loads one balancer in every way that hurts, and checks that every guarantee holds.") { seconds, seed, clients, limit, report };

        var parsed = command.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
            {
                await error.WriteLineAsync(problem.Message);
            }

            return (int)ExitCode.WrongArguments;
        }

        if (parsed.Action is not null)
        {
            return await parsed.InvokeAsync();
        }

        var run = new SoakRun(new SoakArguments(parsed.GetValue(seconds), parsed.GetValue(seed), parsed.GetValue(clients), parsed.GetValue(limit), parsed.GetValue(report)), output);
        return (int)await run.RunAsync();
    }

    private static Option<int> Number(string name, int usual, int least, int most, string what)
    {
        var option = new Option<int>(name) { Description = $"{what}, {least} to {most}", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < least || value > most))
            {
                result.AddError($"{name} is {value}; it must be {least} to {most}.");
            }
        });
        return option;
    }
}
