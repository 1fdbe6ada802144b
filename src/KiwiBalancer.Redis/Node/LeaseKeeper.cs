using KiwiBalancer.Redis.Ledger;

namespace KiwiBalancer.Redis.Node;

/// <summary>
/// The node's rules: when it reports, what it believes, and until when it may grant. Knows no thread, no clock but the time it is given, and no engine. One thread at a time.
/// </summary>
internal sealed class LeaseKeeper(string node, int limit, NodeSettings settings)
{
    private readonly DemandPeak _peak = new();
    private readonly long _phase = node.Aggregate(0L, static (sum, digit) => (sum * 31) + digit);

    // The lease: what the engine said, and when it ends by this node's clocks, counted from the sending of the report that was answered.
    private int _cap;
    private NodeTime _deadline = new(long.MinValue, long.MinValue);
    private string _run = "";
    private long _exp;

    // The report on its way, if any, and what the newest report said.
    private long _seq;
    private bool _isAwaiting;
    private NodeTime _sent = new(long.MinValue / 2, long.MinValue / 2);
    private int _toldInFlight;
    private long _toldDemand;
    private int _toldLimit;
    private bool _toldLeaving;

    // What was pushed since the newest report went out: it was decided after the answer to that report, even if it comes before it.
    private int? _pushed;

    // What the engine has to assume is running here, as far as this node can know: what it was told last, and any cap it has given since.
    private int _assumed;

    // Why the next report may be early.
    private long _retryAt = long.MaxValue;
    private bool _isRecalled;

    /// <summary>The fleet's limit as this node wants it. Any change is reported at once.</summary>
    public int Limit { get; set; } = limit;

    /// <summary>The fleet's limit in force, as of the last reply; 0 before the first.</summary>
    public int FleetLimit { get; private set; }

    /// <summary>A smaller limit than this node's is in force.</summary>
    public bool IsLimitLower { get; private set; }

    /// <summary>The fleet's water level, as of the last reply; what is satisfied at it is reported apart.</summary>
    public double Level { get; private set; } = -1;

    /// <summary>The engine was waiting out what it may have forgotten, as of the last reply.</summary>
    public bool IsQuarantined { get; private set; }

    /// <summary>When the lease ends. Nothing is granted from then on.</summary>
    public NodeTime Deadline => _deadline;

    /// <summary>The number of the newest report.</summary>
    public long Seq => _seq;

    /// <summary>A report is on its way, or its answer.</summary>
    public bool IsAwaiting => _isAwaiting;

    /// <summary>Somebody waits for what this node was told to give up.</summary>
    public bool IsRecalled => _isRecalled;

    /// <summary>No more requests are taken; what runs is reported until it has ended.</summary>
    public bool IsLeaving { get; private set; }

    /// <summary>The engine has heard that nothing runs any more: nothing is left to say.</summary>
    public bool IsGone { get; private set; }

    /// <summary>The slots of the lease: the engine's word, while it lives.</summary>
    public int Cap(NodeTime now) => !IsLeaving && now.IsBefore(_deadline) ? _cap : 0;

    /// <summary>The slots that the node has without a lease.</summary>
    public int Floor => IsLeaving ? 0 : settings.FloorOf(Limit);

    /// <summary>The slots that may be held now.</summary>
    public int Slots(NodeTime now) => Cap(now) + Floor;

    public bool MayGrant(int inFlight, NodeTime now) => inFlight < Slots(now);

    /// <summary>Begins to leave: nothing is granted any more.</summary>
    public void Leave() => IsLeaving = true;

    /// <summary>The report to be sent now, if one is due.</summary>
    /// <param name="demand">What the clients want now.</param>
    /// <param name="now">The clocks now, read before the report goes out.</param>
    /// <param name="wakeAt">When, by the monotonic clock, to ask again although nothing happens.</param>
    public NodeReport? Next(NodeDemand demand, NodeTime now, out long wakeAt)
    {
        // The engine hears of what is above the whole floor only, also while a low limit allows less of it: what it does not know of is never more than it has set aside.
        demand = demand.Above(settings.Floor);
        _peak.See(demand.Wanted, now.Monotonic);
        wakeAt = long.MaxValue;
        if (IsGone)
        {
            return null;
        }

        if (_isAwaiting)
        {
            wakeAt = _sent.Monotonic + settings.Patience;
            if (now.Monotonic < wakeAt)
            {
                return null;
            }
        }

        var held = Cap(now);
        var early = _sent.Monotonic + settings.MinGap;
        wakeAt = Math.Min(_sent.Monotonic + Interval, IsEvent(demand, held) ? early : Math.Max(early, _retryAt));
        if (now.Monotonic < wakeAt)
        {
            return null;
        }

        var report = new NodeReport
        {
            Node = node,
            Seq = ++_seq,
            Run = _run,
            Held = held,
            Echo = _exp,
            InFlight = demand.InFlight,
            Demand = IsLeaving ? 0 : _peak.Value,
            Weight = demand.Weight,
            Satisfied = demand.Satisfied,
            SatisfiedWeight = demand.SatisfiedWeight,
            Limit = settings.LeasedOf(Limit),
            Ttl = settings.Ttl,
            Linger = settings.Linger,
            IsLeaving = IsLeaving,
        };
        _isAwaiting = true;
        _sent = now;
        _assumed = Math.Max(held, demand.InFlight);
        _toldInFlight = demand.InFlight;
        _toldDemand = report.Demand;
        _toldLimit = Limit;
        _toldLeaving = IsLeaving;
        _pushed = null;
        _isRecalled = false;
        _retryAt = long.MaxValue;
        wakeAt = now.Monotonic + settings.Patience;
        return report;
    }

    /// <summary>The engine has answered.</summary>
    /// <returns>Whether the answer counts: it is for the report this node waits for, and was not refused.</returns>
    public bool OnReply(LeaseReply reply, NodeTime now)
    {
        if (!_isAwaiting || reply.Seq != _seq)
        {
            return false;
        }

        _isAwaiting = false;
        if (reply.IsRefused)
        {
            // A copy of this report was faster, and its answer is lost.
            _retryAt = now.Monotonic;
            return false;
        }

        FleetLimit = reply.Limit + (Floor * settings.MaxNodes);
        IsLimitLower = reply.Limit < settings.LeasedOf(_toldLimit);
        Level = reply.Level;
        IsQuarantined = reply.IsQuarantined;
        _retryAt = reply.RetryAfter > 0 ? now.Monotonic + reply.RetryAfter : long.MaxValue;
        _isRecalled |= reply.IsRecalled;
        IsGone = _toldLeaving && _toldInFlight == 0;

        // In quarantine the engine repeats what the report claimed. If the lease has ended since, its slots may be another's by now:
        // the engine that knew has forgotten, so only the node can tell.
        if (!reply.IsQuarantined || now.IsBefore(_deadline))
        {
            _assumed = Math.Max(_assumed, reply.Cap);
            _cap = reply.IsQuarantined ? reply.Cap : _pushed ?? reply.Cap;
            _deadline = _sent + (reply.Ttl - settings.Margin);
        }

        _run = reply.Run;
        _exp = reply.Exp;
        return true;
    }

    /// <summary>The engine has pushed another cap.</summary>
    /// <returns>Whether it counts: the engine knew all this node has said, and the lease lives.</returns>
    public bool OnPush(CapPush push, NodeTime now)
    {
        if (push.Seq != _seq || !now.IsBefore(_deadline))
        {
            return false;
        }

        _cap = push.Cap;
        _pushed = push.Cap;
        _isRecalled |= push.Cap < _assumed;
        _assumed = Math.Max(_assumed, push.Cap);
        return true;
    }

    /// <summary>The report is known not to have been answered: another may go out.</summary>
    public void OnFailure(long seq)
    {
        if (_isAwaiting && seq == _seq)
        {
            _isAwaiting = false;
        }
    }

    /// <summary>Whether the engine would decide otherwise if it knew.</summary>
    private bool IsEvent(NodeDemand demand, int held)
    {
        // Somebody waits for what this node gives up.
        if ((_isRecalled || IsLeaving) && Math.Max(held, demand.InFlight) < _assumed)
        {
            return true;
        }

        if (IsLeaving)
        {
            return !_toldLeaving;
        }

        if (Limit != _toldLimit)
        {
            return true;
        }

        // More is wanted than the lease allows, and than the engine thinks.
        return !IsQuarantined && demand.Wanted > held && (_toldDemand <= held || demand.Wanted > _toldDemand + (_toldDemand / 4));
    }

    /// <summary>The time to the next report, give or take a tenth, so that nodes that have started together do not report together.</summary>
    private long Interval => settings.Interval * (90 + ((((_seq * 2_654_435_761L) + _phase) & 0xFFFF) % 21)) / 100;
}
