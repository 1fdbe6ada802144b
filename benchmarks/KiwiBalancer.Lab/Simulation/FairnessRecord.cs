using KiwiBalancer.Granting;

namespace KiwiBalancer.Lab.Simulation;

/// <summary>Compares what clients hold with the exact ideal over every interval between two events.</summary>
/// <remarks>
/// <para>After a change of any share (an arrival, a departure, a new weight or limit), be it for an instant, the record is unsettled until every waiting client holds
/// ⌊s⌋ to ⌈s⌉ slots, nobody holds more and all together hold no more than the limit; requests cannot be preempted, so this takes as long as slots need to come back.
/// Once settled, being outside is a violation.</para>
/// <para>An event touches only the clients it is about, and those whose share it moves.</para>
/// </remarks>
internal sealed class FairnessRecord(IReadOnlyList<SimulatedClient> clients, double start, Action<FairnessRecord>? passing = null)
{
    private const double Tiny = 1e-9;
    private readonly List<ClientRecord> _records = [];
    private readonly List<int> _touched = [];
    private bool _isLevelStale = true;
    private bool _isDisturbed;
    private double _unsettledSince = start;
    private bool _wasOutside;
    private int _limit = -1;
    private int _outside;
    private int _over;
    private long _held;
    private long _demand;

    /// <summary>Slots a client may be outside ⌊s⌋..⌈s⌉: the largest cost - 1.</summary>
    public int Tolerance { get; set; }

    public double Now { get; private set; } = start;

    public double Time { get; private set; }

    /// <summary>Time in which some waiting client held less than ⌊s⌋ or more than ⌈s⌉.</summary>
    public double OutsideTime { get; private set; }

    /// <summary>Such time after it had settled.</summary>
    public double ViolationTime { get; private set; }

    /// <summary>How often somebody came to be outside after it had settled.</summary>
    public long Violations { get; private set; }

    public bool IsSettled { get; private set; }

    public double SettledTime { get; private set; }

    /// <summary>The longest it took to settle after a change; until now, if it has not settled.</summary>
    public double WorstSettling => IsSettled ? WorstSettled : Math.Max(WorstSettled, Now - _unsettledSince);

    private double WorstSettled { get; set; }

    /// <summary>Slot-seconds in which slots stood idle though the demand was there.</summary>
    public double Idle { get; private set; }

    public double Capacity { get; private set; }

    /// <summary>Σ over waiting clients of the time they were outside, and of the time they waited.</summary>
    public double ClientOutsideTime => All().Sum(r => r.OutsideTime);

    public double ClientTime => All().Sum(r => r.WaitingTime);

    public double MaxDeviation => All().Select(r => r.MaxDeviation).DefaultIfEmpty().Max();

    /// <summary>The mean |n - s| of a client that waits.</summary>
    public double MeanDeviation => ClientTime == 0 ? 0 : All().Sum(r => r.TotalDeviation) / ClientTime;

    /// <summary>The largest |∫(s - n)| of any client.</summary>
    public double MaxLag => Math.Max(LagBehind, LagAhead);

    public double LagBehind => All().Select(r => r.LagBehind).DefaultIfEmpty().Max();

    public double LagAhead => All().Select(r => r.LagAhead).DefaultIfEmpty().Max();

    public double OutsideFraction => OutsideTime / Time;

    public double ClientOutsideFraction => ClientTime == 0 ? 0 : ClientOutsideTime / ClientTime;

    public double IdleFraction => Capacity == 0 ? 0 : Idle / Capacity;

    public IReadOnlyList<SimulatedClient> Clients => clients;

    /// <summary>The client's numbers, up to now.</summary>
    public ClientRecord Of(SimulatedClient client)
    {
        while (_records.Count <= client.Index)
        {
            _records.Add(new ClientRecord());
            _records[^1].Begin(Now);
            Mark(_records.Count - 1);
        }

        var record = _records[client.Index];
        record.Flush(Now);
        return record;
    }

    public double Used(SimulatedClient client) => Of(client).Used;

    public double Entitled(SimulatedClient client) => Of(client).Entitled;

    public double Average(SimulatedClient client) => Used(client) / Time;

    public double Ideal(SimulatedClient client) => Of(client).Ideal;

    /// <summary>Jain's index of used / entitled over those entitled to something.</summary>
    public double Jain()
    {
        var ratios = Ratios();
        var sum = ratios.Sum();
        return sum == 0 ? 1 : sum * sum / (ratios.Length * ratios.Sum(r => r * r));
    }

    /// <summary>The largest |used / entitled - 1|.</summary>
    public double MaxError() => Ratios().Select(r => Math.Abs(r - 1)).DefaultIfEmpty().Max();

    /// <summary>The largest error of a client's part of all that was used, against its part of all that they were entitled to: what stood idle is nobody's loss alone.</summary>
    public double MaxDisproportion()
    {
        var all = All().Where(r => r.Entitled > 0).ToArray();
        var scale = all.Sum(r => r.Entitled) / all.Sum(r => r.Used);
        return all.Select(r => Math.Abs((r.Used / r.Entitled * scale) - 1)).DefaultIfEmpty().Max();
    }

    /// <summary>Something about the client has changed. The change counts when time passes.</summary>
    public void Touch(SimulatedClient client)
    {
        // Who has no record yet is taken over when it gets one.
        if (client.Index >= _records.Count)
            return;
        Mark(client.Index);

        // One whose demand falls below its share for an instant, between two of its requests, loses a slot rightly and has to wait for the next.
        _isDisturbed |= _records[client.Index].IsMovedBy(client);
    }

    public void CountWait(SimulatedClient client, double wait) => Of(client).Waits.Add(wait);

    /// <summary>Time passes, with everything as it is now.</summary>
    public void Pass(double until, int limit)
    {
        TakeOver();
        if (_isLevelStale || limit != _limit)
            FindLevel(limit);
        if (_isDisturbed)
            Unsettle();
        JudgeTouched();
        Settle();
        passing?.Invoke(this);
        var elapsed = until - Now;
        Now = until;
        Time += elapsed;
        SettledTime += IsSettled ? elapsed : 0;
        OutsideTime += _outside > 0 ? elapsed : 0;
        ViolationTime += IsSettled && _outside > 0 ? elapsed : 0;
        Capacity += Math.Min(limit, _demand) * elapsed;
        Idle += Math.Max(0, Math.Min(limit, _demand) - _held) * elapsed;
    }

    private void TakeOver()
    {
        if (_records.Count < clients.Count)
            Of(clients[^1]);
        foreach (var index in _touched)
        {
            var record = _records[index];
            record.Flush(Now);
            _held -= record.InFlight;
            _demand -= Math.Max(0, record.Demand);
            _isLevelStale |= record.Take(clients[index]);
            _held += record.InFlight;
            _demand += record.Demand;
        }
    }

    private void FindLevel(int limit)
    {
        _isLevelStale = false;
        _limit = limit;
        var ideal = new double[_records.Count];
        WaterFilling.Fill(_records.Select(r => r.Demand).ToArray(), _records.Select(r => r.Weight).ToArray(), limit, ideal);
        for (var i = 0; i < ideal.Length; i++)
        {
            var record = _records[i];
            var moved = Math.Abs(record.Ideal - ideal[i]) > Tiny;
            if (!moved)
                continue;
            record.Flush(Now);
            record.SetIdeal(ideal[i]);
            Mark(i);
            Unsettle();
        }
    }

    private void Mark(int index)
    {
        if (_records[index].IsTouched)
            return;
        _records[index].IsTouched = true;
        _touched.Add(index);
    }

    private void Unsettle()
    {
        IsSettled = false;
        _unsettledSince = Now;
        _isDisturbed = false;
    }

    private void JudgeTouched()
    {
        foreach (var index in _touched)
        {
            var record = _records[index];
            _outside -= record.IsOutside ? 1 : 0;
            _over -= record.IsOver ? 1 : 0;
            record.Judge(Tolerance);
            record.IsTouched = false;
            _outside += record.IsOutside ? 1 : 0;
            _over += record.IsOver ? 1 : 0;
        }

        _touched.Clear();
    }

    private void Settle()
    {
        if (!IsSettled && _outside == 0 && _over == 0 && _held <= _limit)
        {
            IsSettled = true;
            WorstSettled = Math.Max(WorstSettled, Now - _unsettledSince);
        }

        if (IsSettled && _outside > 0 && !_wasOutside)
            Violations++;
        _wasOutside = _outside > 0;
    }

    private IEnumerable<ClientRecord> All()
    {
        foreach (var record in _records)
        {
            record.Flush(Now);
            yield return record;
        }
    }

    private double[] Ratios() => All().Where(r => r.Entitled > 0).Select(r => r.Used / r.Entitled).ToArray();
}
