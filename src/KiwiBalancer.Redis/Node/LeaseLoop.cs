using KiwiBalancer.Redis.Diagnostics;
using KiwiBalancer.Redis.Engine;
using KiwiBalancer.Redis.Ledger;

namespace KiwiBalancer.Redis.Node;

/// <summary>
/// Keeps a balancer's lease: drives <see cref="LeaseKeeper"/> with the real clock and the real engine, and puts into force what it believes. One loop, asleep most of the time.
/// </summary>
internal sealed class LeaseLoop
{
    private readonly SourcedLimit _limit;
    private readonly RedisLimitOptions _options;
    private readonly NodeSettings _settings;
    private readonly RedisLog _log;
    private readonly RedisMeter _meter;
    private readonly TimeProvider _clock;
    private readonly long _origin;
    private readonly Bell _bell;
    private readonly string _node;
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The keeper and what follows are touched under the lock only: by the loop, and by whoever brings a reply or a push.
    private readonly LeaseKeeper _keeper;
    private bool _wasLeased;
    private (int Slots, bool IsLeased, NodeTime Deadline) _inForce = (-1, false, default);

    // Invariant: 1 while a change of demand rings. 0 when the demand will be looked at anyhow before long: then a change need not be remembered.
    // Written by: the loop, and whoever rings for demand, by exchange, so that of many one rings.
    // Order: full fences. The loop sets it before it reads the demand: a change that the reading misses finds it set.
    private int _hearsDemand;

    // When the loop last began to hear. Not again within the least gap: in a saturated process every request changes the demand.
    private long _heardAt = long.MinValue / 2;
    private bool _hasJoined;

    // Invariant: null when all is well. Written by: whoever has sent last. Order: volatile, for the status.
    private string? _problem;

    public LeaseLoop(SourcedLimit limit, RedisLimitOptions options, string node, RedisLog log, RedisMeter meter)
    {
        _limit = limit;
        _options = options;
        _node = node;
        _log = log;
        _meter = meter;
        _clock = limit.TimeProvider;
        _origin = _clock.GetTimestamp();
        _bell = new Bell(_clock);
        _settings = NodeSettings.From(options);
        _keeper = new LeaseKeeper(node, limit.Configured, _settings);
        meter.Add(this);
    }

    public string Balancer => _limit.Balancer;

    public string Resource => _options.Resource;

    public RedisLimitStatus Status
    {
        get
        {
            lock (_lock)
            {
                var (now, _) = Read();
                var slots = _keeper.Cap(now);
                return new RedisLimitStatus
                {
                    Node = _node,
                    Resource = _options.Resource,
                    IsLeased = now.IsBefore(_keeper.Deadline) && !_keeper.IsLeaving,
                    Slots = slots,
                    FleetLimit = _keeper.FleetLimit,
                    IsQuarantined = _keeper.IsQuarantined,
                    Problem = Volatile.Read(ref _problem),
                };
            }
        }
    }

    public void Start()
    {
        if (_settings.Reserved > _limit.Configured)
        {
            throw new InvalidOperationException(
                $"LocalFloor {_settings.Floor} for each of MaxNodes {_settings.MaxNodes} processes is {_settings.Reserved} slots, and the balancer's Limit, which is the whole fleet's, is {_limit.Configured}. Lower one of them, or raise Limit.");
        }

        lock (_lock)
        {
            // The floor needs no engine.
            Enforce(Read());
        }

        _ = Task.Run(RunAsync);
    }

    public void LimitConfigured(int wanted)
    {
        lock (_lock)
        {
            _keeper.Limit = wanted;
        }

        _bell.Ring();
    }

    public void DemandChanged()
    {
        if (Volatile.Read(ref _hearsDemand) == 1 && Interlocked.Exchange(ref _hearsDemand, 0) == 1)
        {
            _bell.Ring();
        }
    }

    /// <summary>Grants nothing any more and says so to the engine, as long as that has a chance.</summary>
    public async ValueTask StopAsync()
    {
        lock (_lock)
        {
            _keeper.Leave();
            Enforce(Read());
        }

        _bell.Ring();
        await _ended.Task.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        RedisEngine? engine = null;
        try
        {
            engine = await ConnectAsync().ConfigureAwait(false);
            if (engine is not null)
            {
                var introduction = new Introduction(engine, _log, TimeSpan.FromMilliseconds(_settings.Interval), _clock, Fail);
                _ = introduction.ListenAndLookAsync(OnPush, _ended.Task);
                await KeepAsync(engine, introduction).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
        finally
        {
            _meter.Remove(this);
            if (engine is not null)
            {
                await engine.DisposeAsync().ConfigureAwait(false);
            }

            _ended.TrySetResult();
        }
    }

    private async Task<RedisEngine?> ConnectAsync()
    {
        while (true)
        {
            try
            {
                return await RedisEngine.ConnectAsync(_options, _node, TimeSpan.FromMilliseconds(_settings.Patience)).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                Fail(exception);
                if (IsLeaving())
                {
                    return null;
                }

                await _bell.SleepAsync(TimeSpan.FromMilliseconds(_settings.Interval)).ConfigureAwait(false);
            }
        }
    }

    private bool IsLeaving()
    {
        lock (_lock)
        {
            return _keeper.IsLeaving;
        }
    }

    private async Task KeepAsync(RedisEngine engine, Introduction introduction)
    {
        var leavingSince = long.MaxValue;
        while (true)
        {
            var report = Next(out var sleep, out var isLeaving, out var isGone);
            if (report is not null)
            {
                _ = SendAsync(engine, introduction, report);
            }

            var now = Read().Time.Monotonic;
            leavingSince = isLeaving ? Math.Min(leavingSince, now) : leavingSince;
            if (isGone || now - leavingSince >= _settings.Patience)
            {
                return;
            }

            await _bell.SleepAsync(isLeaving ? Least(sleep, leavingSince + _settings.Patience - now) : sleep).ConfigureAwait(false);
        }
    }

    /// <summary>The report to send now, or how long to sleep.</summary>
    private NodeReport? Next(out TimeSpan sleep, out bool isLeaving, out bool isGone)
    {
        lock (_lock)
        {
            var moment = Read();
            var now = moment.Time;
            Enforce(moment);
            var hears = now.Monotonic - _heardAt >= _settings.MinGap;
            if (hears)
            {
                _heardAt = now.Monotonic;
            }

            Interlocked.Exchange(ref _hearsDemand, hears ? 1 : 0);
            var demand = _limit.ReadDemand(_keeper.Level);
            var report = _keeper.Next(
                new NodeDemand(demand.InFlight, demand.Wanted, demand.Weight, demand.Satisfied, demand.SatisfiedWeight), now, out var wakeAt);
            (isLeaving, isGone) = (_keeper.IsLeaving, _keeper.IsGone);
            _meter.Note(this, demand.Wanted);

            if (_keeper.IsAwaiting)
            {
                // The answer rings.
                Interlocked.Exchange(ref _hearsDemand, 0);
            }
            else if (!hears)
            {
                wakeAt = Math.Min(wakeAt, _heardAt + _settings.MinGap);
            }

            // While slots are being recalled, what comes back is looked for.
            if (_keeper.IsRecalled && demand.InFlight > _keeper.Slots(now))
            {
                wakeAt = Math.Min(wakeAt, now.Monotonic + _settings.MinGap);
            }

            if (now.IsBefore(_keeper.Deadline))
            {
                wakeAt = Math.Min(wakeAt, _keeper.Deadline.Monotonic);
            }

            sleep = TimeSpan.FromMilliseconds(Math.Max(1, Math.Min(wakeAt - now.Monotonic, 3_600_000)));
            return report;
        }
    }

    private async Task SendAsync(RedisEngine engine, Introduction introduction, NodeReport report)
    {
        try
        {
            var reply = await engine.SendAsync(report).ConfigureAwait(false);
            if (OnReply(reply))
            {
                _ = introduction.TellOfOthersAsync();
            }
        }
        catch (Exception exception)
        {
            _meter.Failed(this);
            Fail(exception);
            lock (_lock)
            {
                _keeper.OnFailure(report.Seq);
            }
        }

        _bell.Ring();
    }

    /// <returns>Whether this is the first lease.</returns>
    private bool OnReply(LeaseReply reply)
    {
        bool isFirst;
        lock (_lock)
        {
            var moment = Read();
            var wasQuarantined = _keeper.IsQuarantined;
            var isTaken = _keeper.OnReply(reply, moment.Time);
            _meter.Reported(this, isTaken);
            if (!isTaken)
            {
                return false;
            }

            if (!wasQuarantined && reply.IsQuarantined)
            {
                _meter.Quarantined(this);
                _log.Quarantined(reply.RetryAfter);
            }

            _log.LimitDiffers(_keeper.Limit, _keeper.IsLimitLower ? _keeper.FleetLimit : _keeper.Limit);
            Enforce(moment);
            isFirst = !_hasJoined && _wasLeased;
            _hasJoined |= _wasLeased;
        }

        if (Interlocked.Exchange(ref _problem, null) is not null)
        {
            _log.Well();
        }

        return isFirst;
    }

    private void OnPush(CapPush push)
    {
        lock (_lock)
        {
            var moment = Read();
            if (_keeper.OnPush(push, moment.Time))
            {
                Enforce(moment);
            }
        }

        _bell.Ring();
    }

    /// <summary>Puts into force what the keeper believes.</summary>
    private void Enforce((NodeTime Time, long Timestamp) moment)
    {
        var (now, timestamp) = moment;
        var isLeased = now.IsBefore(_keeper.Deadline) && !_keeper.IsLeaving;
        var slots = _keeper.Slots(now);
        var isLost = _wasLeased && !isLeased && !_keeper.IsLeaving;
        if (isLost && _options.WhenLeaseLost == WhenLeaseLost.Cancel)
        {
            _limit.Set(0, timestamp);
            _limit.CancelRunning();
        }

        if (_inForce != (slots, isLeased, _keeper.Deadline))
        {
            _inForce = (slots, isLeased, _keeper.Deadline);
            var left = Math.Min(_keeper.Deadline.Monotonic - now.Monotonic, _keeper.Deadline.Wall - now.Wall);
            _limit.Set(slots, isLeased ? timestamp + (long)(left / 1_000.0 * _clock.TimestampFrequency) : slots > 0 ? long.MaxValue : timestamp);
        }

        if (isLost)
        {
            _meter.LeaseLost(this);
            _log.LeaseLost(Volatile.Read(ref _problem));
        }

        _wasLeased = isLeased;
    }

    private void Fail(Exception exception)
    {
        var problem = EngineProblem.Of(exception, _options.Resource);
        Volatile.Write(ref _problem, problem);
        _log.Problem(problem, exception);
    }

    /// <summary>The clocks. The timestamp is read first, so that a deadline counted from it is not later than meant.</summary>
    private (NodeTime Time, long Timestamp) Read()
    {
        var timestamp = _clock.GetTimestamp();
        return (new NodeTime((long)_clock.GetElapsedTime(_origin, timestamp).TotalMilliseconds, _clock.GetUtcNow().ToUnixTimeMilliseconds()), timestamp);
    }

    private static TimeSpan Least(TimeSpan time, long milliseconds) => TimeSpan.FromMilliseconds(Math.Max(1, Math.Min(time.TotalMilliseconds, milliseconds)));
}
