using KiwiBalancer.Demo.Arguments;

namespace KiwiBalancer.Demo.Load;

/// <summary>
/// When clients arrive and how much work each brings so that all of them are backlogged from arrival to end, the heaviest ends after two thirds
/// of the time and the others at its end: the moment its slots are handed on is then in plain view.
/// </summary>
internal sealed class FluidPlan
{
    private readonly double[] _arrivals;
    private readonly double[] _ends;
    private readonly IReadOnlyList<ClientArgument> _clients;
    private readonly int _limit;

    public FluidPlan(int limit, IReadOnlyList<ClientArgument> clients, double seconds)
    {
        _limit = limit;
        _clients = clients;
        double gap = Math.Min(seconds * 2 / 15, seconds * 0.4 / Math.Max(1, clients.Count - 1));
        _arrivals = [.. clients.Select((_, i) => gap * i)];
        _ends = [.. clients.Select(_ => seconds)];
        if (clients.Count > 1)
        {
            _ends[Heaviest(clients)] = seconds * 2 / 3;
        }
    }

    public TimeSpan Arrival(int client) => TimeSpan.FromSeconds(_arrivals[client]);

    /// <summary>The slot-seconds the client gets if slots could be shared like a fluid, by weight among those present.</summary>
    public double SlotSeconds(int client)
    {
        double[] edges = [.. _arrivals.Concat(_ends).Distinct().Order()];
        double sum = 0;
        for (int i = 1; i < edges.Length; i++)
        {
            double middle = (edges[i - 1] + edges[i]) / 2;
            if (IsPresent(client, middle))
            {
                double weights = Enumerable.Range(0, _clients.Count).Where(c => IsPresent(c, middle)).Sum(c => (double)_clients[c].Weight);
                sum += (edges[i] - edges[i - 1]) * _limit * _clients[client].Weight / weights;
            }
        }

        return sum;
    }

    // The last of equals: it arrived last, so its leaving shows most.
    private static int Heaviest(IReadOnlyList<ClientArgument> clients)
    {
        int heaviest = 0;
        for (int i = 1; i < clients.Count; i++)
        {
            heaviest = clients[i].Weight >= clients[heaviest].Weight ? i : heaviest;
        }

        return heaviest;
    }

    private bool IsPresent(int client, double time) => _arrivals[client] <= time && time < _ends[client];
}
