using KiwiBalancer.Granting;

namespace KiwiBalancer.Lab.Simulation;

/// <summary>
/// A deterministic discrete-event run of a policy, with the gate as the balancer works it: while nobody has to wait requests pass without the policy,
/// and what they hold is unknown to it until it hears of their client again.
/// </summary>
internal sealed class GrantSimulation
{
    // Flows with the test that sets it, and into nobody else's.
    private static readonly AsyncLocal<Func<IGrantPolicy>?> Replacement = new();

    private readonly IGrantPolicy _policy;
    private readonly IRequestPolicy? _requests;
    private readonly int _seed;
    private readonly Random _random;
    private readonly PriorityQueue<Action, EventTime> _events = new();
    private readonly List<SimulatedClient> _clients = [];
    private FairnessRecord? _record;
    private long _order;
    private long _sequence;
    private int _eligible;

    public GrantSimulation(int limit, int seed = 1, IGrantPolicy? policy = null, int room = 64)
    {
        Limit = limit;
        _policy = policy ?? Replacement.Value?.Invoke() ?? new WeightedPolicy();
        _requests = policy as IRequestPolicy;
        _seed = seed;
        _random = new Random(seed);
        _policy.InstallRoom(_policy.PrepareRoom(room));
        _policy.Begin(limit, 0, 0);
        IsGated = !_policy.HasOpenDoor;
    }

    /// <summary>What simulations drive that are given no policy, in this flow of execution: null for the one that ships.</summary>
    public static Func<IGrantPolicy>? NewPolicy
    {
        get => Replacement.Value;
        set => Replacement.Value = value;
    }

    public int Limit { get; private set; }

    public double Now { get; private set; }

    public int InFlight { get; private set; }

    public bool IsGated { get; private set; }

    public long Grants { get; private set; }

    public long Events { get; private set; }

    /// <summary>Weighted max-min shares of all clients now.</summary>
    public double[] Shares()
    {
        var shares = new double[_clients.Count];
        WaterFilling.Fill(_clients.Select(c => c.Demand).ToArray(), _clients.Select(c => c.Weight).ToArray(), Limit, shares);
        return shares;
    }

    /// <summary>Whether every waiting client holds ⌊s⌋ to ⌈s⌉ slots.</summary>
    public bool IsWithinQuota()
    {
        var shares = Shares();
        return _clients.All(c => !c.IsWaiting || (c.InFlight >= Math.Floor(shares[c.Index] + 1e-9) && c.InFlight <= Math.Ceiling(shares[c.Index] - 1e-9)));
    }

    public bool IsEmpty => InFlight == 0 && _clients.All(c => c.Queue.Count == 0);

    public IReadOnlyList<SimulatedClient> Clients => _clients;

    public Random Random => _random;

    /// <summary>Called before each grant, while the claim still counts as waiting.</summary>
    public Action<SimulatedClient>? Granting { get; set; }

    /// <summary>Every grant in its order.</summary>
    public Action<SimulatedRequest>? Granted { get; set; }

    /// <summary>Called when an event has been dealt with and all grants it allows are made.</summary>
    public Action? Settled { get; set; }

    public SimulatedClient Add(int weight = 1)
    {
        var client = new SimulatedClient(_clients.Count, _policy.NewClaim(), weight, _seed);
        client.Refresh(Limit);
        _clients.Add(client);
        return client;
    }

    /// <summary>Clients that always have <paramref name="outstanding"/> requests sent.</summary>
    public SimulatedClient[] Residents(int outstanding, Func<Random, double> duration, params int[] weights)
    {
        var residents = weights.Select(Add).ToArray();
        foreach (var resident in residents)
            resident.Duration = duration;

        // One request each in turn: who came first would otherwise hold all slots before the second is heard of.
        for (var i = 0; i < outstanding; i++)
        {
            foreach (var resident in residents)
                Keep(resident, 1);
        }

        return residents;
    }

    public void At(double time, Action action) => _events.Enqueue(action, new EventTime(time, _order++));

    /// <summary>A closed loop: as soon as one of <paramref name="outstanding"/> requests has ended, the next is sent (after thinking).</summary>
    public SimulatedClient Keep(SimulatedClient client, int outstanding)
    {
        for (var i = 0; i < outstanding; i++)
            At(Now, () => SendNext(client));
        return client;
    }

    /// <summary>An open loop: requests arrive whether or not earlier ones have ended.</summary>
    public void Stream(SimulatedClient client, Func<Random, double> gap, double until)
    {
        At(Now + gap(client.Pauses), () =>
        {
            if (Now > until || client.Left-- <= 0)
                return;
            Send(client);
            Stream(client, gap, until);
        });
    }

    public SimulatedRequest Send(SimulatedClient client, int cost = 0, double duration = 0)
    {
        cost = cost == 0 ? client.Cost(client.Random) : cost;
        duration = duration == 0 ? client.Duration(client.Random) : duration;
        var request = new SimulatedRequest(client, cost, duration, Now, _sequence++);
        _requests?.Arrived(request);
        var fits = cost <= Limit - InFlight && cost <= client.Cap - client.InFlight;
        if (!IsGated && client.Queue.Count == 0 && fits)
        {
            Start(request);
            client.Refresh(Limit);
            _record?.Touch(client);
            Settled?.Invoke();
            return request;
        }

        client.Enqueue(request, Limit);
        Tell(client);
        Drain();
        return request;
    }

    public void Cancel(SimulatedRequest request)
    {
        if (request.HasStarted || request.IsCancelled)
            return;
        request.IsCancelled = true;
        var client = request.Client;
        client.Dequeue(request, Limit);
        Tell(client);
        Drain();
    }

    public void SetLimit(int limit)
    {
        Limit = limit;
        foreach (var client in _clients)
        {
            var eligible = client.Claim.HeadCost;
            var wanted = client.Claim.Wanted;
            var was = client.IsWaiting;
            client.Recount(limit);
            _eligible += (client.IsWaiting ? 1 : 0) - (was ? 1 : 0);
            if (client.Claim.HeadCost == eligible && client.Claim.Wanted == wanted)
                continue;
            Tell(client);
        }

        if (IsGated)
            _policy.Advance(Limit, InFlight, Now);
        Drain();
    }

    /// <summary>Changes weight or cap.</summary>
    public void Change(SimulatedClient client, int weight, int cap = int.MaxValue)
    {
        client.Weight = weight;
        client.Cap = cap;
        Tell(client);
        Drain();
    }

    /// <summary>Drops everything a client waits with and stops its closed loop.</summary>
    public void Leave(SimulatedClient client)
    {
        client.Left = 0;
        while (client.Queue.First is { } first)
            Cancel(first.Value);
    }

    public void Run(double until)
    {
        while (_events.TryPeek(out _, out var next) && next.Time <= until)
        {
            Pass(next.Time);
            Events++;
            _events.Dequeue()();
        }

        Pass(until);
    }

    /// <summary>Measures from now on, until the next measurement begins.</summary>
    /// <param name="tolerance">Slots a client may be outside its quota: the largest cost - 1.</param>
    /// <param name="passing">Called whenever time is about to pass.</param>
    public FairnessRecord Begin(int tolerance = 0, Action<FairnessRecord>? passing = null)
    {
        _record = new FairnessRecord(_clients, Now, passing) { Tolerance = tolerance };
        return _record;
    }

    /// <summary>Measures no more.</summary>
    public void End() => _record = null;

    /// <summary>Runs for so long and measures meanwhile.</summary>
    public FairnessRecord Measure(double time, int tolerance = 0)
    {
        var record = Begin(tolerance);
        Run(Now + time);
        End();
        return record;
    }

    /// <summary>Runs until no event is left.</summary>
    public void RunToEnd()
    {
        while (_events.TryPeek(out _, out var next))
            Run(next.Time);
    }

    private void Pass(double time)
    {
        if (time <= Now)
            return;
        _record?.Pass(time, Limit);
        Now = time;
    }

    private void SendNext(SimulatedClient client)
    {
        if (client.Left <= 0)
            return;
        client.Left--;
        Send(client).Ended = () => At(Now + client.Think(client.Pauses), () => SendNext(client));
    }

    private void Start(SimulatedRequest request)
    {
        var client = request.Client;
        request.Started = Now;
        InFlight += request.Cost;
        client.InFlight += request.Cost;
        client.Granted++;
        client.WorstWait = Math.Max(client.WorstWait, Now - request.Arrived);
        client.TotalWait += Now - request.Arrived;
        _record?.CountWait(client, Now - request.Arrived);
        if (InFlight > Limit)
            throw new InvalidOperationException($"{InFlight} slots in flight of {Limit}.");
        Granted?.Invoke(request);
        At(Now + request.Duration, () => Finish(request));
    }

    private void Finish(SimulatedRequest request)
    {
        var client = request.Client;
        InFlight -= request.Cost;
        client.InFlight -= request.Cost;
        client.Ended++;
        _requests?.Ended(request, Now);
        request.Ended?.Invoke();
        Tell(client);
        Drain();
    }

    private void Tell(SimulatedClient client)
    {
        var was = client.IsWaiting;
        client.Refresh(Limit);
        _eligible += (client.IsWaiting ? 1 : 0) - (was ? 1 : 0);
        _record?.Touch(client);
        if (!IsGated && client.IsWaiting)
        {
            IsGated = true;
            _policy.Begin(Limit, InFlight, Now);
        }

        if (!IsGated)
            return;
        _policy.Advance(Limit, InFlight, Now);
        _policy.Update(client.Claim, Now);
    }

    private void Drain()
    {
        while (IsGated && _policy.Next(Now) is { } claim)
        {
            var client = (SimulatedClient)claim.Owner!;
            var request = client.Head ?? throw new InvalidOperationException("A client without a waiter was picked.");
            if (request.Cost != claim.HeadCost)
                throw new InvalidOperationException("The head changed under the policy.");
            Granting?.Invoke(client);
            client.Dequeue(request, Limit);
            client.CountGrant();
            Grants++;
            Start(request);
            _policy.Advance(Limit, InFlight, Now);
            _policy.Granted(claim, request.Cost);
            Tell(client);
        }

        if (_eligible == 0 && _policy.HasOpenDoor)
            IsGated = false;
        Settled?.Invoke();
    }
}
