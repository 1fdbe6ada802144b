using System.Globalization;
using KiwiBalancer.Demo.Arguments;

namespace KiwiBalancer.Demo.Load;

/// <summary>Everything that will be sent, known before anything is started.</summary>
internal sealed class Scenario
{
    private const int MaxRequests = 2_000_000;
    private readonly PlannedRequest[][] _reserve = [];

    /// <param name="limit">The server's slots.</param>
    /// <param name="clients">Names and weights; the counts are taken from <paramref name="requests"/>.</param>
    /// <param name="requests">The requests of all clients, in any order.</param>
    public Scenario(int limit, IEnumerable<(string Name, int Weight)> clients, IReadOnlyCollection<PlannedRequest> requests)
    {
        ILookup<int, PlannedRequest> byClient = requests.ToLookup(r => r.Client);
        Limit = limit;
        Clients = [.. clients.Select((c, i) => new ClientPlan(c.Name, c.Weight, byClient[i].Count()))];
        Requests = [.. requests.OrderBy(r => r.Due)];
    }

    private Scenario(Scenario scenario, IReadOnlyList<(ClientPlan Client, PlannedRequest[] Requests)> reserve)
    {
        Limit = scenario.Limit;
        Clients = [.. scenario.Clients, .. reserve.Select(r => r.Client)];
        Requests = scenario.Requests;
        _reserve = [.. reserve.Select(r => r.Requests)];
    }

    public int Limit { get; }

    /// <summary>The clients, those in reserve last.</summary>
    public IReadOnlyList<ClientPlan> Clients { get; }

    /// <summary>How many clients arrive by themselves; the others are in reserve.</summary>
    public int PlannedClients => Clients.Count - _reserve.Length;

    /// <summary>The requests of all clients, those in reserve included.</summary>
    public int AllRequests => Requests.Count + _reserve.Sum(r => r.Length);

    /// <summary>The requests in the order they are sent; those due together keep the order they were given in.</summary>
    public IReadOnlyList<PlannedRequest> Requests { get; }

    public TimeSpan LongestHold => Requests.Max(r => r.Hold);

    /// <summary>The least time the run can take: the clock of its requests, or the work divided by the slots.</summary>
    public TimeSpan LeastDuration
    {
        get
        {
            TimeSpan work = new TimeSpan(Requests.Sum(r => r.Hold.Ticks * r.Cost)) / Limit;
            TimeSpan clock = Requests.Max(r => r.Due + r.Hold);
            return work > clock ? work : clock;
        }
    }

    /// <summary>The same, with clients that arrive only when they are told to.</summary>
    public Scenario WithReserve(IReadOnlyList<(ClientPlan Client, PlannedRequest[] Requests)> reserve) => new(this, reserve);

    /// <summary>The requests of a client in reserve, and the place of the first in the log: they stand behind all others.</summary>
    public (int FirstIndex, IReadOnlyList<PlannedRequest> Requests) ReserveOf(int client)
    {
        int place = client - PlannedClients;
        return (Requests.Count + _reserve.Take(place).Sum(r => r.Length), _reserve[place]);
    }

    /// <summary>Every request is recorded, so their number is bounded.</summary>
    /// <exception cref="WrongArgumentException">There are too many.</exception>
    public static void RequireRecordable(long requests)
    {
        if (requests > MaxRequests)
        {
            throw new WrongArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"the run would send {requests:N0} requests, but at most {MaxRequests:N0} are recorded; ask for less time, fewer slots or longer requests"));
        }
    }
}
