using KiwiBalancer.Diagnostics;
using KiwiBalancer.Granting;
using KiwiBalancer.Ledger;

namespace KiwiBalancer.Clients;

/// <summary>The parts of one balancer, wired together.</summary>
internal sealed class BalancerEngine
{
    private readonly long _origin;
    private readonly double _secondsPerTick;
    private readonly Lock _roomLock = new();
    private int _backlogs;
    private int _room;
    private BalancerSettings _settings;

    // Invariant: what the host wants the limit to be; without a source also what is in force. Written by: whoever configures. Order: volatile; one value.
    private int _configuredLimit;

    // Invariant: set once, and kept. Written by: UseSource. Order: volatile; who does not see it yet waits for a slot like others, and the source reads the demand when it starts.
    private ILimitSource? _source;

    // Invariant: the largest cost that a TryAcquire was refused since the source asked last. Written by: the refused, and the source; interlocked, for a hint.
    private int _refused;

    public BalancerEngine(BalancerSettings settings, IGrantPolicy policy, TimeProvider timeProvider)
    {
        _settings = settings;
        Policy = policy;
        TimeProvider = timeProvider;
        _origin = timeProvider.GetTimestamp();
        _secondsPerTick = 1.0 / timeProvider.TimestampFrequency;
        Ledger = new SlotLedger(settings.Limit);
        _configuredLimit = settings.Limit;
        Loop = new GrantLoop(this);
    }

    public SlotLedger Ledger { get; }

    public IGrantPolicy Policy { get; }

    public GrantLoop Loop { get; }

    public BalancerLog Log { get; init; } = BalancerLog.Silent;

    public required Telemetry Telemetry { get; init; }

    public RunningRequests Running { get; } = new();

    public TimeProvider TimeProvider { get; }

    /// <summary>How many clients have a backlog. For tests.</summary>
    public int Backlogs => Volatile.Read(ref _backlogs);

    /// <summary>What may change at run time; replaced whole.</summary>
    public BalancerSettings Settings
    {
        get => Volatile.Read(ref _settings);
        set => Volatile.Write(ref _settings, value);
    }

    /// <summary>The slots a client with this word and cap could take without passing anybody.</summary>
    public int AvailableTo(ClientWord client, int cap)
    {
        var word = Ledger.Read();
        return client.IsDoorShut || (word.IsGated && Policy.HasOpenDoor) || Ledger.Deadline is { IsOver: true } ? 0 : Math.Max(0, Math.Min(word.Limit - word.InFlight, cap - client.InFlight));
    }

    /// <summary>Where the limit comes from; null for what is configured.</summary>
    public ILimitSource? Source => Volatile.Read(ref _source);

    public int ConfiguredLimit => Volatile.Read(ref _configuredLimit);

    /// <summary>The host wants another limit: in force at once, or for the source to know.</summary>
    public void SetLimit(int limit)
    {
        Volatile.Write(ref _configuredLimit, limit);
        if (Source is { } source)
        {
            source.LimitConfigured(limit);
            return;
        }

        var now = Now();
        var before = Ledger.SetLimit(limit);
        if (before != limit)
        {
            Loop.Run(now);
            Log.LimitChanged(before, limit);
        }
    }

    /// <summary>From here on nothing is granted but what the source allows.</summary>
    public void UseSource(ILimitSource source, SourcedLimit limit)
    {
        if (Interlocked.CompareExchange(ref _source, source, null) is not null)
        {
            throw new InvalidOperationException("The balancer has a limit source already; make another balancer.");
        }

        Ledger.Deadline = new GrantDeadline(TimeProvider);
        Ledger.SetLimit(0);
        Loop.Run(NowOrLast());
        source.Start(limit);
    }

    /// <summary>The source's limit and deadline, in this order, and the owner sees what they mean for those who wait.</summary>
    public void SetSourcedLimit(int limit, long deadline)
    {
        Ledger.SetLimit(limit);
        Ledger.Deadline!.Set(deadline);
        Loop.Run(NowOrLast());
    }

    /// <summary>Somebody waits, or something came back while somebody waits.</summary>
    public void DemandChanged() => Source?.DemandChanged();

    /// <summary>A TryAcquire was refused: nobody waits, and yet it is demand.</summary>
    public void Refused(int cost)
    {
        if (Source is { } source)
        {
            if (Volatile.Read(ref _refused) < cost)
            {
                Volatile.Write(ref _refused, cost);
            }

            source.DemandChanged();
        }
    }

    /// <summary>What was refused since the last call.</summary>
    public int TakeRefused() => Interlocked.Exchange(ref _refused, 0);

    /// <summary>The clock, in its own ticks since this balancer was made, so that they fit a double's 53 bits for a long time.</summary>
    public long Now() => TimeProvider.GetTimestamp() - _origin;

    /// <summary>The clock for those who have given slots back already and must ring whatever happens: a clock of the host's that throws is taken to stand still.</summary>
    public long NowOrLast()
    {
        try
        {
            return Now();
        }
        catch (Exception)
        {
            return Loop.Now;
        }
    }

    public double ToSeconds(long ticks) => ticks * _secondsPerTick;

    /// <summary>Seconds in ticks of the clock, rounded up; <see cref="long.MaxValue"/> for ever.</summary>
    public long ToTicks(double seconds)
    {
        if (double.IsPositiveInfinity(seconds))
        {
            return long.MaxValue;
        }

        var ticks = Math.Ceiling(seconds / _secondsPerTick);
        return ticks > long.MaxValue / 4 ? long.MaxValue : (long)ticks;
    }

    public TimeSpan ToTimeSpan(long ticks) => TimeProvider.GetElapsedTime(0, ticks);

    /// <summary>A time span in ticks of the clock, rounded up; <see cref="long.MaxValue"/> for ever.</summary>
    public static long ToTicks(TimeSpan span, TimeProvider timeProvider)
    {
        var ticks = Math.Ceiling(span.TotalSeconds * timeProvider.TimestampFrequency);
        return span == Timeout.InfiniteTimeSpan || ticks > long.MaxValue / 4 ? long.MaxValue : (long)ticks;
    }

    public long ToTicks(TimeSpan span) => ToTicks(span, TimeProvider);

    /// <summary>Makes the first backlog of a client, with room for it in every heap. Any thread, outside the grant loop.</summary>
    public Backlog.ClientBacklog AddBacklog(ClientHandle client, ref Backlog.ClientBacklog? place)
    {
        lock (_roomLock)
        {
            if (place is { } made)
            {
                return made;
            }

            if (_backlogs == _room)
            {
                var room = Math.Max(16, _room * 2);
                Loop.Leave(new Backlog.RoomNote(Policy.PrepareRoom(room), Backlog.WaitingLines.PrepareRoom(room)));
                _room = room;
            }

            // Published after the note of its room was left, so that every note about it is read later than that one.
            var backlog = new Backlog.ClientBacklog(client, Policy.NewClaim());
            _backlogs++;
            Volatile.Write(ref place, backlog);

            // A weight set in this instant may have found no backlog to tell: the owner reads it again, after the push, which is a full fence.
            // One set since has found it, and left the note itself. Left twice, a note would cut the inbox's list.
            if (backlog.Touched.Add(0))
            {
                Loop.Leave(backlog.Touched);
            }

            return backlog;
        }
    }

    /// <summary>A client's backlog has been given up; its room serves another.</summary>
    public void RemoveBacklog()
    {
        lock (_roomLock)
        {
            _backlogs--;
        }
    }
}
