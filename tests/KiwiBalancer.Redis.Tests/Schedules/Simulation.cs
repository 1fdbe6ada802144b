using KiwiBalancer.Redis.Ledger;

namespace KiwiBalancer.Redis.Tests.Schedules;

/// <summary>Plays a schedule on simulated time: the shipped ledger step and node rules, everything else made up. Throws <see cref="Violation"/>.</summary>
internal sealed class Simulation
{
    private readonly Schedule _schedule;
    private readonly Mutant _mutant;
    private readonly PriorityQueue<Action, (double, long)> _events = new();
    private readonly List<SimulatedNode> _nodes = [];
    private readonly int[] _lives;
    private readonly int[] _limits;
    private readonly List<(double At, int Limit)> _limitHistory = [];
    private long _order;

    public Simulation(Schedule schedule, Mutant? mutant = null)
    {
        _schedule = schedule;
        _mutant = mutant ?? Mutant.None;
        Engine = new SimulatedEngine(schedule);
        _lives = new int[schedule.Nodes];
        _limits = Enumerable.Repeat(schedule.Limit, schedule.Nodes).ToArray();
        NoteLimit();
        for (var place = 0; place < schedule.Nodes; place++)
        {
            StartNode(place, 0);
        }

        foreach (var fault in schedule.Faults)
        {
            At(fault.At, () => Apply(fault));
        }

        for (var at = 250.0; at < schedule.Length; at += 250)
        {
            At(at, () => Engine.Save(Now));
        }
    }

    public double Now { get; private set; }

    public SimulatedServer Server { get; } = new();

    public SimulatedEngine Engine { get; }

    /// <summary>The processes, the dead ones too.</summary>
    public IReadOnlyList<SimulatedNode> Nodes => _nodes;

    /// <summary>Messages by the process's name, in both directions.</summary>
    public Dictionary<string, int> Messages { get; } = [];

    /// <summary>What happened, if it was asked for.</summary>
    public List<string>? Trace { get; init; }

    public static void Run(Schedule schedule, Mutant? mutant = null) => new Simulation(schedule, mutant).RunTo(schedule.Length);

    public void RunTo(double end)
    {
        while (_events.TryPeek(out var action, out var when) && when.Item1 <= end)
        {
            _events.Dequeue();
            Now = when.Item1;
            action();
            foreach (var node in _nodes)
            {
                Invariants.CheckNode(node, Engine, Now);
            }
        }

        Now = end;
    }

    public void At(double when, Action action) => _events.Enqueue(action, (when, _order++));

    public SimulatedNode Node(int place) => _nodes.Last(node => node.Place == place);

    public void Want(int place, int slots)
    {
        var node = Node(place);
        node.Wanted = slots;
        Pump(node);
    }

    private void StartNode(int place, int wanted)
    {
        var node = new SimulatedNode(_schedule, _mutant, place, _lives[place]++, _limits[place]) { Wanted = wanted };
        _nodes.Add(node);
        At(Now, () => Pump(node));
    }

    private void Apply(Fault fault)
    {
        Log($"{fault}");
        var node = Node(fault.Node);
        switch (fault.Kind)
        {
            case FaultKind.Demand:
                Want(fault.Node, fault.Value);
                break;
            case FaultKind.Pause:
                node.PausedUntil = Now + fault.Length;
                At(node.PausedUntil, () => Pump(node));
                break;
            case FaultKind.Kill:
                node.IsDead = true;
                At(Now + fault.Length, () => StartNode(fault.Node, node.Wanted));
                break;
            case FaultKind.Leave:
                node.Keeper.Leave();
                node.Wanted = 0;
                Pump(node);
                break;
            case FaultKind.Partition:
                node.CutUntil = Now + fault.Length;
                break;
            case FaultKind.WallClock:
                node.WallOffset += fault.Value;
                break;
            case FaultKind.Limit:
                for (var place = 0; place < _schedule.Nodes; place++)
                {
                    var at = place;
                    At(Now + (fault.Length * Chance.Of(_schedule.Seed, 21, (ulong)place, (ulong)fault.At)), () => SetLimit(at, fault.Value));
                }

                break;
            case FaultKind.CrashToEmpty:
                Engine.Crash(Now, fault.Length, null);
                break;
            case FaultKind.CrashToStale:
                Engine.Crash(Now, fault.Length, fault.Value);
                break;
            case FaultKind.Freeze:
                Engine.FrozenUntil = Now + fault.Length;
                break;
            case FaultKind.FlushAll:
                Engine.Flush(Now);
                break;
        }
    }

    private void SetLimit(int place, int limit)
    {
        _limits[place] = limit;
        NoteLimit();
        Node(place).Keeper.Limit = limit;
        Pump(Node(place));
    }

    private void NoteLimit() => _limitHistory.Add((Now, _limits.Max()));

    /// <summary>The most that may run at the server now: the limit, or what it was until those who were told so have ended.</summary>
    private int Bound()
    {
        var since = Now - (2.2 * _schedule.Settings.Ttl) - (1.1 * _schedule.Settings.Linger);
        var from = _limitHistory.FindLastIndex(note => note.At <= since);
        return _limitHistory.Skip(Math.Max(0, from)).Max(note => note.Limit);
    }

    /// <summary>Everything a process does: grant, report, and sleep until the next time.</summary>
    private void Pump(SimulatedNode node)
    {
        if (node.IsDead || Now < node.PausedUntil)
        {
            return;
        }

        while (node.InFlight < node.Wanted && _mutant.MayGrant(node.Keeper, node.InFlight, node.Time(Now)))
        {
            Grant(node);
        }

        var time = node.Time(Now);
        if (node.Keeper.Next(node.Demand(), time, out var wakeAt) is { } report)
        {
            node.Sent = time;
            Log($"{node.Name} reports {report}");
            Send(node, (ulong)report.Seq * 4, () => Receive(node, report));
        }

        if (wakeAt < long.MaxValue)
        {
            var wake = ++node.Wake;
            At(Math.Max(Now + 1, node.When(wakeAt + 1)), () =>
            {
                if (wake == node.Wake)
                {
                    Pump(node);
                }
            });
        }
    }

    private void Grant(SimulatedNode node)
    {
        node.InFlight++;
        Server.Start(Now);
        Log($"{node.Name} grants, {node.InFlight} of its {node.Keeper.Slots(node.Time(Now))}, {Server.Running} at the server");
        Invariants.Require(Server.Running <= Bound(), "I4", $"{Server.Running} run at the server, {Bound()} may");
        var dice = Chance.Of(_schedule.Seed, 31, (ulong)node.Place, (ulong)++node.Granted);
        var length = _schedule.RequestLength ?? Math.Min(_schedule.LongestRequest, dice > 0.8 ? _schedule.LongestRequest : 40 + (dice * 250));
        node.SlotTime += length;
        At(Now + length, () =>
        {
            Server.End(Now);
            Ended(node);
        });
    }

    private void Ended(SimulatedNode node)
    {
        if (Now < node.PausedUntil)
        {
            At(node.PausedUntil, () => Ended(node));
            return;
        }

        node.InFlight--;
        Pump(node);
    }

    private void Receive(SimulatedNode node, NodeReport report)
    {
        if (Now < Engine.FrozenUntil)
        {
            At(Engine.FrozenUntil, () => Receive(node, report));
            return;
        }

        if (Now < Engine.DownUntil)
        {
            return;
        }

        var before = Engine.Ledger;
        var step = _mutant.Step(before, report, _mutant.Moment(before, Engine.Moment(Now)));
        Log($"engine answers {step.Reply}{string.Concat(step.Pushes.Select(push => $", {push}"))}");
        Invariants.CheckStep(before, step, report);
        Engine.Ledger = step.Ledger;
        var exp = Engine.When(step.Reply.Exp);
        Send(node, ((ulong)report.Seq * 4) + 1, () => Answer(node, step.Reply, exp));
        foreach (var push in step.Pushes)
        {
            var other = _nodes.First(other => other.Name == push.Node);
            if (_schedule.ArePushesLost)
            {
                continue;
            }

            Send(other, ((ulong)push.Seq * 4) + 2 + ((ulong)push.Cap << 32), () => Push(other, push));
        }
    }

    private void Answer(SimulatedNode node, LeaseReply reply, double exp)
    {
        if (IsKept(node, () => Answer(node, reply, exp)))
        {
            return;
        }

        var now = node.Time(Now);
        if (node.Keeper.OnReply(_mutant.Arriving(reply, node.Keeper, node.Sent, now), now))
        {
            Log($"{node.Name} takes cap {reply.Cap}");
            if (node.Keeper.Cap(now) > 0)
            {
                Invariants.CheckLease(node, exp);
            }
        }

        Pump(node);
    }

    private void Push(SimulatedNode node, CapPush push)
    {
        if (IsKept(node, () => Push(node, push)))
        {
            return;
        }

        var isTaken = node.Keeper.OnPush(_mutant.Arriving(push, node.Keeper), node.Time(Now));
        Log($"{node.Name} {(isTaken ? "takes" : "drops")} {push}");
        Pump(node);
    }

    /// <summary>The network between a node and the engine.</summary>
    private void Send(SimulatedNode node, ulong message, Action deliver)
    {
        Messages[node.Name] = Messages.GetValueOrDefault(node.Name) + 1;
        var id = ((ulong)node.Place << 48) + message;
        var copies = Chance.Of(_schedule.Seed, 41, id) * 1_000 < _schedule.Doubled ? 2UL : 1;
        for (var copy = 0UL; copy < copies; copy++)
        {
            if (Now < node.CutUntil || Chance.Of(_schedule.Seed, 42, id, copy) * 1_000 < _schedule.Lost)
            {
                continue;
            }

            var delay = Chance.Of(_schedule.Seed, 43, id, copy) * 1_000 < _schedule.Late
                ? Chance.Of(_schedule.Seed, 44, id, copy) * 3 * _schedule.Settings.Ttl
                : _schedule.Delay ?? (0.2 + (Chance.Of(_schedule.Seed, 45, id, copy) * 10));
            At(Now + delay, deliver);
        }
    }

    /// <summary>A message to a process that is stopped waits in its buffers.</summary>
    private bool IsKept(SimulatedNode node, Action deliver)
    {
        if (Now < node.PausedUntil)
        {
            At(node.PausedUntil, deliver);
            return true;
        }

        return node.IsDead;
    }

    private void Log(string line) => Trace?.Add($"{Now,9:F1}  {line}");
}
