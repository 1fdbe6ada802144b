using KiwiBalancer.Granting;

namespace KiwiBalancer.Lab.Simulation;

/// <summary>Compares what clients hold with the exact ideal over every interval between two events.</summary>
internal sealed class FairnessRecord(IReadOnlyList<SimulatedClient> clients)
{
    private const double Tiny = 1e-9;
    private double[] _used = [];
    private double[] _entitled = [];
    private double[] _ideal = [];
    private long[] _demands = [];
    private int[] _weights = [];
    private int _limit = -1;

    /// <summary>Slots a client may be outside ⌊s⌋..⌈s⌉: the largest cost - 1.</summary>
    public int Tolerance { get; set; }

    public double Time { get; private set; }

    /// <summary>Time in which some waiting client held less than ⌊s⌋ or more than ⌈s⌉.</summary>
    public double OutsideTime { get; private set; }

    /// <summary>Σ over waiting clients of the time they were outside, and of the time they waited.</summary>
    public double ClientOutsideTime { get; private set; }

    public double ClientTime { get; private set; }

    public double MaxDeviation { get; private set; }

    /// <summary>The largest |∫(s - n)| of any client.</summary>
    public double MaxLag { get; private set; }

    /// <summary>Slot-seconds in which slots stood idle though the demand was there.</summary>
    public double Idle { get; private set; }

    public double Capacity { get; private set; }

    public double OutsideFraction => OutsideTime / Time;

    public double ClientOutsideFraction => ClientTime == 0 ? 0 : ClientOutsideTime / ClientTime;

    public double IdleFraction => Idle / Capacity;

    public double Used(SimulatedClient client) => _used[client.Index];

    public double Entitled(SimulatedClient client) => _entitled[client.Index];

    public double Average(SimulatedClient client) => _used[client.Index] / Time;

    public double Ideal(SimulatedClient client) => _ideal[client.Index];

    /// <summary>Jain's index of used / entitled over those entitled to something.</summary>
    public double Jain()
    {
        var ratios = clients.Where(c => _entitled[c.Index] > 0).Select(c => _used[c.Index] / _entitled[c.Index]).ToArray();
        var sum = ratios.Sum();
        return sum * sum / (ratios.Length * ratios.Sum(r => r * r));
    }

    /// <summary>The largest |used / entitled - 1|.</summary>
    public double MaxError() =>
        clients.Where(c => _entitled[c.Index] > 0).Max(c => Math.Abs((_used[c.Index] / _entitled[c.Index]) - 1));

    public void Add(double elapsed, int limit)
    {
        Recompute(limit);
        Time += elapsed;
        var outside = false;
        long held = 0;
        long demand = 0;
        for (var i = 0; i < clients.Count; i++)
        {
            var n = clients[i].InFlight;
            var ideal = _ideal[i];
            held += n;
            demand += _demands[i];
            _used[i] += n * elapsed;
            _entitled[i] += ideal * elapsed;
            MaxLag = Math.Max(MaxLag, Math.Abs(_entitled[i] - _used[i]));
            if (!clients[i].IsWaiting)
                continue;
            MaxDeviation = Math.Max(MaxDeviation, Math.Abs(n - ideal));
            ClientTime += elapsed;
            if (n >= Math.Floor(ideal + Tiny) - Tolerance && n <= Math.Ceiling(ideal - Tiny) + Tolerance)
                continue;
            outside = true;
            ClientOutsideTime += elapsed;
        }

        if (outside)
            OutsideTime += elapsed;
        Capacity += Math.Min(limit, demand) * elapsed;
        Idle += Math.Max(0, Math.Min(limit, demand) - held) * elapsed;
    }

    private void Recompute(int limit)
    {
        var changed = limit != _limit || _ideal.Length != clients.Count;
        if (_ideal.Length != clients.Count)
        {
            Array.Resize(ref _ideal, clients.Count);
            Array.Resize(ref _used, clients.Count);
            Array.Resize(ref _entitled, clients.Count);
            Array.Resize(ref _demands, clients.Count);
            Array.Resize(ref _weights, clients.Count);
        }

        for (var i = 0; i < clients.Count; i++)
        {
            if (_demands[i] == clients[i].Demand && _weights[i] == clients[i].Weight)
                continue;
            changed = true;
            _demands[i] = clients[i].Demand;
            _weights[i] = clients[i].Weight;
        }

        if (changed)
            WaterFilling.Fill(_demands, _weights, limit, _ideal);
        _limit = limit;
    }
}
