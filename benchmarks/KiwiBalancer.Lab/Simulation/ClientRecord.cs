namespace KiwiBalancer.Lab.Simulation;

/// <summary>
/// What one client had and what it should have had. Its numbers change only at its own events or with the water level, so they are summed up from one change to the next.
/// </summary>
internal sealed class ClientRecord
{
    private const double Tiny = 1e-9;
    private double _since;

    public int InFlight { get; private set; }

    public long Demand { get; private set; } = -1;

    public int Weight { get; private set; }

    public bool IsWaiting { get; private set; }

    /// <summary>The weighted max-min share now.</summary>
    public double Ideal { get; private set; }

    public double Used { get; private set; }

    public double Entitled { get; private set; }

    /// <summary>The largest ∫(s - n) since the beginning.</summary>
    public double LagBehind { get; private set; }

    /// <summary>The largest ∫(n - s) since the beginning.</summary>
    public double LagAhead { get; private set; }

    /// <summary>The largest |n - s| while it waited.</summary>
    public double MaxDeviation { get; private set; }

    public double WaitingTime { get; private set; }

    public double OutsideTime { get; private set; }

    /// <summary>∫|n - s| while it waited.</summary>
    public double TotalDeviation { get; private set; }

    /// <summary>Its client has changed since time last passed.</summary>
    public bool IsTouched { get; set; }

    /// <summary>It waits and holds less than ⌊s⌋ or more than ⌈s⌉ slots, or as many more as is tolerated.</summary>
    public bool IsOutside { get; private set; }

    /// <summary>It holds more than ⌈s⌉ slots and what is tolerated, waiting or not.</summary>
    public bool IsOver { get; private set; }

    /// <summary>How long each request waited that was granted meanwhile.</summary>
    public List<double> Waits { get; } = [];

    /// <summary>Sums up what has been true until now.</summary>
    public void Flush(double now)
    {
        var elapsed = now - _since;
        _since = now;
        if (elapsed <= 0)
            return;
        Used += InFlight * elapsed;
        Entitled += Ideal * elapsed;
        LagBehind = Math.Max(LagBehind, Entitled - Used);
        LagAhead = Math.Max(LagAhead, Used - Entitled);
        if (!IsWaiting)
            return;
        var deviation = Math.Abs(InFlight - Ideal);
        MaxDeviation = Math.Max(MaxDeviation, deviation);
        TotalDeviation += deviation * elapsed;
        WaitingTime += elapsed;
        OutsideTime += IsOutside ? elapsed : 0;
    }

    public void Begin(double now) => _since = now;

    /// <summary>Takes over the client's numbers.</summary>
    /// <returns>Whether they may move the water level: what contenders want beyond their share does not.</returns>
    public bool Take(SimulatedClient client)
    {
        var moves = IsMovedBy(client);
        InFlight = client.InFlight;
        IsWaiting = client.IsWaiting;
        Demand = client.Demand;
        Weight = client.Weight;
        return moves;
    }

    /// <summary>Whether the client's numbers of now would move the water level.</summary>
    public bool IsMovedBy(SimulatedClient client) =>
        client.Weight != Weight || (client.Demand != Demand && !(Ideal < Demand && Ideal < client.Demand));

    /// <summary>Takes over the ideal, after <see cref="Flush"/>.</summary>
    public void SetIdeal(double ideal) => Ideal = ideal;

    public void Judge(int tolerance)
    {
        IsOver = InFlight > Math.Ceiling(Ideal - Tiny) + tolerance;
        IsOutside = IsWaiting && (IsOver || InFlight < Math.Floor(Ideal + Tiny) - tolerance);
    }
}
