using KiwiBalancer.Clients;
using KiwiBalancer.Granting;

namespace KiwiBalancer.Diagnostics;

/// <summary>Looks at a running balancer from outside.</summary>
internal static class SnapshotTaker
{
    public static BalancerSnapshot Take(string name, ClientRegistry registry)
    {
        var engine = registry.Engine;
        var clients = registry.All.OrderBy(client => client.Name, StringComparer.Ordinal).ToArray();
        var inFlight = new int[clients.Length];
        var waiting = new int[clients.Length];
        var demands = new long[clients.Length];
        var weights = new int[clients.Length];
        for (var i = 0; i < clients.Length; i++)
        {
            var client = clients[i];
            (inFlight[i], waiting[i]) = client.Numbers;
            weights[i] = client.Weight;

            // What waits is counted as the owner last saw it, in slots; before it has, a request is taken for one slot.
            var wanted = Math.Max(waiting[i], client.Backlog is { } backlog && waiting[i] > 0 ? Volatile.Read(ref backlog.Claim.Wanted) : 0);
            demands[i] = Math.Max(inFlight[i], Math.Min(inFlight[i] + wanted, client.MaxInFlight));
        }

        var ledger = engine.Ledger.Read();
        var shares = new double[clients.Length];
        WaterFilling.Fill(demands, weights, ledger.Limit, shares);
        var oldest = engine.Running.Oldest() is { } start ? engine.ToTimeSpan(Math.Max(0, engine.NowOrLast() - start)) : (TimeSpan?)null;
        return new BalancerSnapshot(
            name,
            ledger.Limit,
            ledger.InFlight,
            oldest,
            [.. clients.Select((client, i) => new ClientSnapshot(client.Name, weights[i], inFlight[i], waiting[i], shares[i]))]);
    }
}
