using KiwiBalancer.Backlog;
using KiwiBalancer.Clients;
using KiwiBalancer.Interleavings.Tests.Exploring;
using KiwiBalancer.Ledger;

namespace KiwiBalancer.Interleavings.Tests.Stages;

/// <summary>A balancer with its clients, what actors can do with them, and what must be true meanwhile and afterwards.</summary>
internal sealed class World : Stage
{
    private readonly Dictionary<ClientHandle, int> _largestCaps = [];
    private readonly List<object> _spares = [];
    private readonly HashSet<Waiter> _waiters = new(ReferenceEqualityComparer.Instance);
    private LedgerWord _last;
    private int _calls;
    private int _widest = 1;
    private bool _isDisposed;

    public World(Balancer balancer)
    {
        Balancer = balancer;
        _last = Engine.Ledger.Read();
    }

    public World(int limit)
        : this(new KiwiBalancerOptions { Limit = limit })
    {
    }

    public World(KiwiBalancerOptions options)
        : this(new WeightedBalancer(options, new VirtualClock()))
    {
    }

    public Balancer Balancer { get; }

    /// <summary>A scenario on a weighted balancer with so many slots.</summary>
    public static Scenario Scenario(string name, int preemptions, int limit, Action<World> set) => Scenario(name, preemptions, () => new World(limit), set);

    public static Scenario Scenario(string name, int preemptions, Func<World> make, Action<World> set) => new(
        name,
        () =>
        {
            var world = make();
            set(world);
            return world;
        },
        preemptions);

    public BalancerEngine Engine => Balancer.Engine;

    /// <summary>Slots that are free now.</summary>
    public int Free => Scheduler.Unseen(() => Engine.Ledger.Read().Limit - Engine.Ledger.Read().InFlight);

    public List<Request> Requests { get; } = [];

    public ClientHandle Client(string name, int weight = 1, int? cap = null) => Client(new BalancerClientOptions { Name = name, Weight = weight, MaxInFlight = cap });

    public ClientHandle Client(BalancerClientOptions options)
    {
        var client = (ClientHandle)Inside(() => Balancer.Register(options));
        _largestCaps[client] = options.MaxInFlight ?? int.MaxValue;
        return client;
    }

    /// <summary>Sends a request: it is held, waits, or is refused when this returns.</summary>
    public Request Send(ClientHandle client, int cost = 1, CancellationToken token = default)
    {
        var request = new Request(client, cost, ++_calls);
        Requests.Add(request);
        _widest = Math.Max(_widest, cost);
        Inside(() =>
        {
            try
            {
                if (client.TryTake(cost))
                {
                    Hold(request);
                }
                else
                {
                    request.Waiter = Waiter.Enqueue(client, cost, WaiterKind.Request, token);
                    request.Answer = request.Waiter.AsValueTask();
                    _waiters.Add(request.Waiter);
                }
            }
            catch (ObjectDisposedException)
            {
                request.Outcome = Outcome.Refused;
            }

            return 0;
        });
        request.Entered = ++_calls;
        return request;
    }

    /// <summary>Waits until it is decided, and reads the answer.</summary>
    /// <returns>Whether its slots are held now.</returns>
    public bool Await(Request request)
    {
        if (request.Waiter is { } waiter)
        {
            Scheduler.Wait(() => request.Answer.IsCompleted, "Await", "call");
            Inside(() =>
            {
                try
                {
                    var state = Scheduler.Unseen(() => waiter.State);
                    request.Answer.GetAwaiter().GetResult();
                    Require(state == WaiterState.Granted, $"Answered as granted, but {state}.");
                    Hold(request);
                }
                catch (OperationCanceledException)
                {
                    request.Outcome = Outcome.Cancelled;
                }
                catch (BalancerRejectedException rejection)
                {
                    request.Outcome = Outcome.Rejected;
                    request.Reason = rejection.Reason;
                }

                request.Waiter = null;
                return 0;
            });
        }

        return request.Outcome == Outcome.Held;
    }

    public void Release(Request request)
    {
        Require(request.Outcome == Outcome.Held, "Only what is held is released.");
        Do(() =>
        {
            request.Outcome = Outcome.Released;
            request.Client.Release(request.Cost);
        });
    }

    /// <summary>Sends, waits, and gives back.</summary>
    public Request Run(ClientHandle client, int cost = 1, CancellationToken token = default)
    {
        var request = Send(client, cost, token);
        if (Await(request))
        {
            Release(request);
        }

        return request;
    }

    /// <summary>TryAcquire, without the lease.</summary>
    public bool Try(ClientHandle client, int cost = 1) => Inside(() =>
    {
        _widest = Math.Max(_widest, cost);
        try
        {
            return client.TryTake(cost) || Probe.TryTake(client, cost);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    });

    public void GiveBack(ClientHandle client, int cost = 1) => Do(() => client.Release(cost));

    /// <summary>A request that is held before the actors begin.</summary>
    public Request Held(ClientHandle client, int cost = 1)
    {
        var request = Send(client, cost);
        Require(request.Outcome == Outcome.Held, "The stage is not set as it should be.");
        return request;
    }

    public void Limit(int limit) => Do(() => Engine.SetLimit(limit));

    public void Weight(ClientHandle client, int weight) => Do(() => client.Weight = weight);

    /// <summary>Disposes the balancer by force.</summary>
    public void Dispose()
    {
        Do(Balancer.Dispose);
        _isDisposed = true;
    }

    public void Cancel(CancellationTokenSource source) => Do(source.Cancel);

    /// <summary>Closes the door of a client. Its name is free when this returns.</summary>
    public void Close(ClientHandle client)
    {
        Do(client.Close);
        Require(Scheduler.Unseen(() => !Balancer.TryGetClient(client.Name, out var found) || found != client), $"Closed, and its name is not free: {client.Name}.");
    }

    /// <summary>Closes a client and waits for its end.</summary>
    public void End(ClientHandle client)
    {
        Close(client);
        Task? end = null;
        Do(() => end = client.WhenDrained());
        Await(end!, "WhenDrained");
        Require(Scheduler.Unseen(() => client.Numbers == (0, 0)), $"Drained, and not back at zero: {client.Name}.");
    }

    public void Cap(ClientHandle client, int cap)
    {
        _largestCaps[client] = Math.Max(_largestCaps[client], cap);
        Do(() => client.Reconfigure(new BalancerClientOptions { MaxInFlight = cap, Weight = client.Weight }));
    }

    public void Advance(int milliseconds) => Do(() => ((VirtualClock)Engine.TimeProvider).Advance(milliseconds));

    /// <summary>Any other call.</summary>
    public void Do(Action call) => Inside(() =>
    {
        try
        {
            call();
        }
        catch (ObjectDisposedException)
        {
            // It came too late, as it may.
        }

        return 0;
    });

    /// <summary>Waits for a task of the core's.</summary>
    public static void Await(Task task, string what) => Scheduler.Wait(() => task.IsCompleted, what, "call");

    public override void Collect() => _spares.AddRange(Statics.Empty());

    public override void CheckState(bool isQuiet, Site? made)
    {
        var word = Engine.Ledger.Read();
        if (word.InFlight > _last.InFlight)
        {
            Require(word.InFlight <= word.Limit, $"Never over: {word}.");
            Require(!_last.IsGated || made?.Member != nameof(SlotLedger.TryTake), $"No overtaking: the door took while it was gated, {word}.");
        }

        _last = word;
        var sum = 0;
        foreach (var (client, cap) in _largestCaps)
        {
            Require(client.InFlight <= cap, $"A client above its own cap: {client}.");
            sum += client.InFlight;
        }

        Require(sum >= word.InFlight - _widest, $"The clients' words say {sum}, the ledger's says {word.InFlight}.");
        if (isQuiet)
        {
            Require(sum == word.InFlight, $"Nobody is inside, and the clients' words say {sum}, the ledger's says {word.InFlight}.");
            CheckNobodyWaitsForNothing(word);
        }
    }

    public override void CheckEnd()
    {
        foreach (var request in Requests)
        {
            Require(request.Outcome is not (Outcome.Open or Outcome.Held), $"Has not ended: {request}.");
        }

        CheckRest("when all have ended");
        foreach (var client in _largestCaps.Keys)
        {
            Require(client.Numbers == (0, 0), $"Not back at zero: {client}.");
        }

        Require(Balancer.GetSnapshot().Clients.Count == _largestCaps.Keys.Count(static client => !client.IsClosed), $"The balancer remembers clients that have gone: {this}.");
        Require(_isDisposed ? _largestCaps.Keys.All(static client => client.IsClosed) : _largestCaps.Keys.All(static client => client.IsClosed || client.Backlog is not { } backlog || backlog.Claim.Weight == client.Weight), $"The owner was not told of a weight or a client of the closing: {this}.");
        var backlogs = _largestCaps.Keys.Count(client => client.Backlog is not null && !client.IsDrained);
        Require(Engine.Backlogs == backlogs, $"{backlogs} clients have a backlog, {Engine.Backlogs} are counted.");
        CheckPools();
        if (!_isDisposed)
        {
            CheckLife();
            Balancer.Dispose();
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Engine.Ledger.Read()}; {string.Join(", ", _largestCaps.Keys)}; {string.Join(", ", Requests)}";

    /// <summary>Never under: no free slot while somebody waits who could have it. Asked when nobody is inside.</summary>
    private void CheckNobodyWaitsForNothing(LedgerWord word)
    {
        if (!Engine.Policy.HasOpenDoor)
        {
            return; // What these leave idle, they mean to.
        }

        var free = word.Limit - word.InFlight;
        var isReserved = false;
        var isBarred = false;
        Request? ready = null;
        foreach (var line in Requests.Where(static request => request.IsWaiting).GroupBy(static request => request.Client))
        {
            // The first in line that neither the limit nor its client's cap sends aside.
            var cap = line.Key.MaxInFlight;
            var head = line.OrderBy(static request => request.Begun).FirstOrDefault(request => request.Cost <= Math.Min(word.Limit, cap));
            var isEligible = head is not null && line.Key.InFlight + (long)head.Cost <= cap;
            isReserved |= isEligible && head!.Cost > free;
            ready = isEligible && head!.Cost <= free ? head : ready;
            isBarred |= isEligible || (word.Limit < cap && line.Any(request => request.Cost > word.Limit));
        }

        Require(Requests.Count(static request => request.IsWaiting) <= Engine.Settings.MaxQueueLength, $"More wait than may: {this}.");
        Require(ready is null || isReserved, $"Never under: {word}, and one waits who could be granted: {this}.");
        Require(isBarred == word.IsGated, $"The gate stands {(word.IsGated ? "closed, and nobody waits whom a newcomer could pass" : "open, and a newcomer could pass those who wait")}: {this}.");
    }

    private void CheckRest(string when)
    {
        var word = Engine.Ledger.Read();
        Require(word.InFlight == 0, $"Slots are missing {when}: {this}.");
        Require(Engine.Loop.IsAtRest, $"The loop is not at rest {when}: a ring, a note, a waiter or the gate is left. {this}.");
    }

    private void CheckPools()
    {
        var pooled = Statics.Empty().Concat(_spares).ToList();
        Require(pooled.Distinct(ReferenceEqualityComparer.Instance).Count() == pooled.Count, "An object is in the pool twice.");
        Require(_waiters.IsSubsetOf(pooled.OfType<Waiter>()), "A waiter has not come back to the pool.");
    }

    /// <summary>It goes on as a new one would.</summary>
    private void CheckLife()
    {
        Engine.SetLimit(2);
        Requests.Clear();
        var clients = _largestCaps.Keys.Where(static client => !client.IsClosed).Take(2).ToList();
        clients.Add(Client("after"));
        foreach (var client in clients)
        {
            Send(client);
            Send(client);
        }

        for (var left = Requests.ToList(); left.Count > 0;)
        {
            var answered = left.FirstOrDefault(static request => request.Waiter is null || request.Answer.IsCompleted);
            if (answered is null && !Engine.Policy.HasOpenDoor)
            {
                // A turn may have a grace.
                Advance(2_000);
                answered = left.FirstOrDefault(static request => request.Answer.IsCompleted);
            }

            Require(answered is not null, $"Afterwards it does not go on: {this}.");
            if (Await(answered!))
            {
                Release(answered!);
            }

            Require(answered!.Outcome == Outcome.Released || answered.Reason == RejectionReason.QueueFull, $"Afterwards it rejects: {answered}.");
            left.Remove(answered!);
        }

        CheckRest("afterwards");
    }

    private void Hold(Request request)
    {
        request.Outcome = Outcome.Held;
        var passed = Scheduler.Unseen(() => Requests.Find(earlier =>
            earlier.Client == request.Client && earlier.Entered < request.Begun && earlier.IsWaiting && earlier.Cost <= Math.Min(Engine.Ledger.Read().Limit, request.Client.MaxInFlight)));
        Require(passed is null, $"Out of order: {request} was granted before {passed}.");
    }

    private T Inside<T>(Func<T> call)
    {
        _calls++;
        Scheduler.Call("Call", "call");
        Scheduler.Mark(isInside: true);
        var result = call();
        Scheduler.Mark(isInside: false);
        return result;
    }
}
