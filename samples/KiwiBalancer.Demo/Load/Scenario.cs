using System.Globalization;
using KiwiBalancer.Demo.Arguments;

namespace KiwiBalancer.Demo.Load;

/// <summary>Everything that will be sent, known before anything is started.</summary>
internal sealed class Scenario
{
    private const int MaxRequests = 2_000_000;

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

    public int Limit { get; }

    public IReadOnlyList<ClientPlan> Clients { get; }

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
