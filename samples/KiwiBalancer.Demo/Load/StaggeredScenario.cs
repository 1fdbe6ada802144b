using KiwiBalancer.Demo.Arguments;

namespace KiwiBalancer.Demo.Load;

/// <summary>Clients that arrive one after another, each sending its whole workload at once.</summary>
internal static class StaggeredScenario
{
    private const double DefaultSeconds = 15;
    private const int Seed = 20_240_229;

    public static Scenario Create(DemoArguments arguments)
    {
        IReadOnlyList<ClientArgument> clients = arguments.Clients;
        var plan = new FluidPlan(arguments.Limit, clients, Seconds(arguments));
        long[] counts = [.. clients.Select((c, i) => c.Requests ?? Math.Max(1, (long)Math.Round(plan.SlotSeconds(i) / arguments.Duration.Mean.TotalSeconds)))];
        Scenario.RequireRecordable(counts.Sum());

        var requests = new List<PlannedRequest>();
        for (int client = 0; client < clients.Count; client++)
        {
            var random = new Random(Seed + client);
            for (int i = 0; i < counts[client]; i++)
            {
                TimeSpan hold = TimeSpan.FromMilliseconds(random.Next(arguments.Duration.Least, arguments.Duration.Most + 1));
                requests.Add(new PlannedRequest(client, plan.Arrival(client), hold));
            }
        }

        return new Scenario(arguments.Limit, clients.Select(c => (c.Name, c.Weight)), requests);
    }

    // When every workload is given, the time follows from them and sets only how far apart the clients arrive.
    private static double Seconds(DemoArguments arguments)
    {
        if (arguments.Seconds is { } given)
        {
            return given;
        }

        return arguments.Clients.All(c => c.Requests is not null)
            ? arguments.Clients.Sum(c => (double)c.Requests!) * arguments.Duration.Mean.TotalSeconds / arguments.Limit
            : DefaultSeconds;
    }
}
