namespace KiwiBalancer.Clients;

/// <summary>Sums up what all clients want. It walks over them, so it is for whoever asks some times a second.</summary>
internal static class DemandReader
{
    public static LimitDemand Read(ClientRegistry clients, double level)
    {
        long wanted = clients.Engine.TakeRefused(), weight = 0, allWeight = 0, satisfied = 0, satisfiedWeight = 0;
        foreach (var client in clients.All)
        {
            var demand = Of(client);
            allWeight += client.Weight;
            wanted += demand;
            if (demand == 0)
            {
                continue;
            }

            weight += client.Weight;
            if (demand <= level * client.Weight)
            {
                satisfied += demand;
                satisfiedWeight += client.Weight;
            }
        }

        var inFlight = clients.Engine.Ledger.Read().InFlight;
        return new LimitDemand(inFlight, Math.Max(wanted, inFlight), Math.Max(1, weight > 0 ? weight : allWeight), satisfied, satisfiedWeight);
    }

    /// <summary>In slots; those too wide for the limit now are wanted as well, since the limit is what is being asked for.</summary>
    private static long Of(ClientHandle client)
    {
        var (inFlight, waiting) = client.Numbers;
        long slots = waiting;
        if (waiting > 0 && client.Backlog is { } backlog)
        {
            slots = Math.Max(slots, backlog.Queue.Slots + (backlog.Sidelined?.Slots ?? 0));
        }

        return Math.Max(inFlight, Math.Min(inFlight + slots, client.MaxInFlight));
    }
}
