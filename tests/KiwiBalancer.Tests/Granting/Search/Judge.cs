using KiwiBalancer.Granting;
using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Tests.Granting.Search;

/// <summary>Holds a run against the promises, and asks of none of them what is impossible.</summary>
internal sealed class Judge
{
    private const double ErrorMargin = 0.015;
    private const double Tiny = 1e-9;

    // The promise is for 500 mean durations at the smallest share; where one request can be longer than three of them, the last one in the interval
    // alone would be an error of a percent. Where that takes too many events, only the quota is watched, for as long as it is affordable.
    private const double Rounds = 500;
    private const double LongestRounds = 150;
    private const double MaxEvents = 40_000;

    // In mean durations, and in mean durations over the share.
    private const double WholeShareTime = 1.5;
    public const double FirstSlotTime = 1.25;
    private const double KeptRounds = 4;

    private readonly FairnessCase _case;
    private readonly GrantSimulation _simulation;
    private readonly SimulatedClient[] _clients;
    private readonly Dictionary<SimulatedClient, long> _lastGranted = [];
    private readonly double[] _lag;
    private double[] _overLimit = [];
    private double _overLimitSince;
    private double _lastEnd;
    private SimulatedClient? _newcomer;
    private double _target;
    private double _reached;

    public Judge(FairnessCase @case, GrantSimulation simulation, SimulatedClient[] clients)
    {
        _case = @case;
        _simulation = simulation;
        _clients = clients;
        _lag = new double[clients.Length];
        simulation.Granted = Granted;
        simulation.Settled = CheckSettled;
    }

    /// <summary>The first promise that was broken, by how much and when; null while all are kept.</summary>
    public string? Verdict { get; private set; }

    /// <summary>The largest error in slot-seconds; NaN where no interval long enough was affordable.</summary>
    public double Error { get; private set; } = double.NaN;

    /// <summary>How long newcomers to whom it was promised took to their share.</summary>
    public List<double> TimesToShare { get; } = [];

    /// <summary>The same for those with less than a slot, in mean durations over their share, to their first slot.</summary>
    public List<double> RoundsToFirstSlot { get; } = [];

    /// <summary>Lets time pass.</summary>
    public FairnessRecord Follow(double time)
    {
        var record = _simulation.Begin(_case.MaxCost - 1, CountOverLimit);
        _simulation.Run(_simulation.Now + Math.Max(0, time));
        CountOverLimit(record);
        foreach (var client in _clients.Where(_ => record.Time > 0))
            _lag[client.Index] += record.Entitled(client) - record.Used(client);
        return record;
    }

    // While a lowered limit drains more is used than anybody is entitled to. Who has had less of that than his weight says is owed it all the same.
    private void CountOverLimit(FairnessRecord record)
    {
        for (var i = 0; i < _overLimit.Length; i++)
            _lag[i] += _overLimit[i] * (record.Now - _overLimitSince);
        _overLimitSince = record.Now;
        if (_simulation.InFlight <= _simulation.Limit)
        {
            _overLimit = [];
            return;
        }

        var demands = _simulation.Clients.Select(c => c.Demand).ToArray();
        var weights = _simulation.Clients.Select(c => c.Weight).ToArray();
        var shares = new double[demands.Length];
        WaterFilling.Fill(demands, weights, _simulation.InFlight, shares);
        _overLimit = [.. _simulation.Shares().Take(_clients.Length).Select((share, i) => shares[i] - share)];
    }

    /// <summary>F2, when all that were over have drained.</summary>
    public void WatchQuota()
    {
        Settle();
        JudgeQuota(Follow(Math.Min(10 * _case.Longest, 20)));
    }

    /// <summary>F3, once those who are there now have settled.</summary>
    public void WatchError()
    {
        var shares = _simulation.Shares();
        var present = _clients.Where(c => c.Demand > 0).ToArray();
        if (present.Length == 0)
            return;
        var smallest = Math.Min(1, present.Min(c => shares[c.Index]));
        var time = Math.Max(Rounds * _case.Clients.Max(c => c.MeanSlotSeconds), LongestRounds * _case.Clients.Max(c => c.LongestSlotSeconds)) / smallest;
        var eventsPerTime = present.Sum(c => shares[c.Index] / _case.Clients[c.Index].MeanSlotSeconds);
        var isAffordable = time * eventsPerTime <= MaxEvents;
        var before = _lag.ToArray();
        var record = Follow(isAffordable ? time : MaxEvents / 10 / eventsPerTime);
        JudgeQuota(record);
        if (!isAffordable || _case.MaxCost > 1)
            return;
        Error = present.Max(c => Unexplained(_lag[c.Index], before[c.Index]) / record.Entitled(c));
        if (Error > ErrorMargin)
            Break($"F3: an error of {Error:P2} over {record.Time:0}, lags {string.Join(' ', _lag.Select((lag, i) => $"{before[i]:0.#} to {lag:0.#}"))}");
    }

    /// <summary>
    /// F4 and F6, where nobody over-holds: a whole share is had in time; the first slot of a fractional one after what the others are owed, which is kept for so many rounds.
    /// </summary>
    public void WatchNewcomer(SimulatedClient client)
    {
        var share = _simulation.Shares()[client.Index];
        var whole = Math.Floor(share + Tiny);
        _target = Math.Max(1, whole);
        if (!_case.IsCalm || _case.MaxCost > 1 || client.InFlight >= _target)
            return;
        var start = _simulation.Now;
        _newcomer = client;
        Follow((whole > 0 ? WholeShareTime : (FirstSlotTime + KeptRounds) / share) + Tiny);
        if (_newcomer is not null)
            Break($"F4: a newcomer with a share of {share:0.###} holds {client.InFlight} after {_simulation.Now - start:0.##}");
        else if (whole > 0)
            TimesToShare.Add(_reached - start);
        else
            RoundsToFirstSlot.Add((_reached - start) * share);
        _newcomer = null;
    }

    /// <summary>The last of those who come one after another is there.</summary>
    public double CrowdUntil { get; set; }

    public void CheckEmpty()
    {
        if (!_simulation.IsEmpty)
            Break("Nothing lost: something waits or runs for ever");
    }

    // Who over-held slots before may pay for it now or be forgiven: he must end between where he started and quits.
    private static double Unexplained(double lag, double before) => Math.Max(lag - Math.Max(0, before), Math.Min(0, before) - lag);

    private void JudgeQuota(FairnessRecord record)
    {
        if (record.OutsideTime > 0 && IsPackable())
            Break($"F2: outside quota for {record.OutsideTime:0.###} of {record.Time:0.#}, deviation {record.MaxDeviation:0.##}");
    }

    // Visitors come to an end, which is a change like any other. When all that run then have ended, nobody holds a slot that the old numbers gave him; but those who were stuck until then kept the level low for the
    // others. When all that run then have ended too, everything in flight was granted by the numbers of now.
    private void Settle()
    {
        while (_simulation.Now < CrowdUntil || _simulation.Clients.Skip(_clients.Length).Any(visitor => visitor.Demand > 0))
            Follow(Math.Max(_lastEnd, CrowdUntil) - _simulation.Now);
        Follow(_lastEnd - _simulation.Now);
        Follow(_lastEnd - _simulation.Now);
    }

    // With costs: whether each client can come to its share, rounded up to whole requests, while the others hold no less than they must. Where not, no policy
    // can keep all above their lower bounds and starve nobody: of shares 4.88 and 0.12 of five slots with costs 4 and 3, only one can run.
    private bool IsPackable()
    {
        if (_case.MaxCost == 1)
            return true;
        var shares = _simulation.Shares();
        var present = _clients.Where(c => c.Demand > 0).ToArray();
        var least = present.Select(c => WholeRequests(c, Math.Max(0, Math.Floor(shares[c.Index] + Tiny) - (_case.MaxCost - 1)))).ToArray();
        return present.Select((c, i) => least.Sum() - least[i] + WholeRequests(c, shares[c.Index] - Tiny)).All(slots => slots <= _simulation.Limit);
    }

    private double WholeRequests(SimulatedClient client, double slots)
    {
        var cost = _case.Clients[client.Index].Cost;
        return Math.Ceiling(slots / cost) * cost;
    }

    private void Granted(SimulatedRequest request)
    {
        _lastEnd = Math.Max(_lastEnd, _simulation.Now + request.Duration);
        if (_lastGranted.TryGetValue(request.Client, out var last) && last > request.Sequence)
            Break("F8: a request was granted before an earlier one of its client");
        _lastGranted[request.Client] = request.Sequence;
        if (request.Client == _newcomer && request.Client.InFlight >= _target)
        {
            _reached = _simulation.Now;
            _newcomer = null;
        }
    }

    private void CheckSettled()
    {
        var free = _simulation.Limit - _simulation.InFlight;
        if (free <= 0)
            return;
        if (_case.MaxCost == 1)
        {
            var demand = _simulation.Clients.Sum(c => c.Demand);
            if (_simulation.InFlight < demand)
                Break($"F1: {_simulation.InFlight} in flight of {_simulation.Limit} with a demand of {demand}");
            return;
        }

        var widest = _simulation.Clients.Max(c => c.Claim.HeadCost);
        if (widest > 0 && free >= widest)
            Break($"F1: {free} slots idle while a head of {widest} waits");
    }

    private void Break(string what) => Verdict ??= $"{what}, at {_simulation.Now:0.##}";
}
