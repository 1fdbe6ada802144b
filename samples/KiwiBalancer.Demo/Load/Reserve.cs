namespace KiwiBalancer.Demo.Load;

/// <summary>Clients held back for a user who wants to see one more arrive.</summary>
internal static class Reserve
{
    private const double SecondsOfTheServer = 4;
    private const int MaxRequests = 50_000;
    private static readonly string[] Names = ["delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "omega"];

    /// <summary>Adds them to a scenario: each has weight 1, and a few seconds' work for the whole server, of requests like those there are.</summary>
    public static Scenario AddTo(Scenario scenario)
    {
        double meanSeconds = scenario.Requests.Average(r => r.Hold.TotalSeconds);
        int count = (int)Math.Clamp(scenario.Limit * SecondsOfTheServer / meanSeconds, 1, MaxRequests);
        string[] names = [.. Names.Except(scenario.Clients.Select(c => c.Name), StringComparer.Ordinal)];
        return scenario.WithReserve([.. names.Select((name, i) =>
            (new ClientPlan(name, 1, count), Requests(scenario, scenario.Clients.Count + i, count)))]);
    }

    private static PlannedRequest[] Requests(Scenario scenario, int client, int count) =>
        [.. Enumerable.Range(0, count).Select(i => scenario.Requests[(int)((long)i * 7919 % scenario.Requests.Count)] with { Client = client, Due = TimeSpan.Zero })];
}
