using KiwiBalancer.Clients;

namespace KiwiBalancer;

/// <summary>The limit of one balancer, in the hands of its <see cref="ILimitSource"/>. Safe to use from any thread.</summary>
public sealed class SourcedLimit
{
    private readonly ClientRegistry _clients;

    // Invariant: what runs was called off, and what starts is cancelled too. Written by: the source, which does not call off and set at the same time.
    // Order: none of its own; whatever keeps the source's calls one after another publishes it.
    private bool _isCalledOff;

    internal SourcedLimit(string balancer, ClientRegistry clients)
    {
        Balancer = balancer;
        _clients = clients;
    }

    /// <summary>The balancer's name.</summary>
    public string Balancer { get; }

    /// <summary>The balancer's clock, by which deadlines are given.</summary>
    public TimeProvider TimeProvider => _clients.Engine.TimeProvider;

    /// <summary>The limit that is configured now, 0 or more.</summary>
    public int Configured => _clients.Engine.ConfiguredLimit;

    /// <summary>The slots that are held now.</summary>
    public int InFlight => _clients.Engine.Ledger.Read().InFlight;

    /// <summary>Puts a limit in force, and the time until which it may be used. The limit comes first: whoever is granted a slot by the new deadline is bound by the new limit.</summary>
    /// <param name="limit">The slots that may be held, 0 or more. What is held above it drains.</param>
    /// <param name="deadline">A timestamp of <see cref="TimeProvider"/>. From then on nothing is granted; what is held stays held. A later call with a later deadline resumes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is negative.</exception>
    public void Set(int limit, long deadline)
    {
        if (limit < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "A limit must be 0 or more; 0 grants nothing.");
        }

        if (_isCalledOff && limit > 0)
        {
            // Before the limit is in force: nobody who is granted by it may find himself called off.
            _isCalledOff = false;
            foreach (var client in _clients.All)
            {
                client.RenewRunning();
            }
        }

        _clients.Engine.SetSourcedLimit(limit, deadline);
    }

    /// <summary>
    /// Calls off what runs: the token of every request at the server fires, and that of every request which has its slots and starts before <see cref="Set"/> puts a limit above 0 in force again. Those after it are not affected,
    /// nor is what waits. Call it after <see cref="Set"/> has put 0 in force, never at the same time. Leases taken by hand have no token; what is held stays held until it is given back.
    /// </summary>
    public void CancelRunning()
    {
        _isCalledOff = true;
        foreach (var client in _clients.All)
        {
            client.CancelRunning();
        }
    }

    /// <summary>Sums up what the clients want. It looks at each of them.</summary>
    /// <param name="level">A water level in slots per weight, for <see cref="LimitDemand.Satisfied"/>; below 0: nobody counts as satisfied.</param>
    /// <returns>The sums.</returns>
    public LimitDemand ReadDemand(double level) => DemandReader.Read(_clients, level);
}
