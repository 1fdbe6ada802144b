namespace KiwiBalancer.Clients;

// What can be set about a client, by anybody at any time.
internal sealed partial class ClientHandle
{
    // Written by setters, read by anybody: each is one value, no two of them must agree. Order: volatile; a note follows where the owner must know.
    // Below 0 and 0: no bound and no timeout of its own, the balancer's are in force.
    private int _weight;
    private int _maxInFlight;
    private int _maxQueueLength;
    private long _queueTimeoutTicks;
    private bool _timeoutChanged;

    public int Weight
    {
        get => Volatile.Read(ref _weight);
        set
        {
            OptionsCheck.CheckWeight(value, nameof(value));
            ThrowIfClosed();
            var before = Interlocked.Exchange(ref _weight, value);
            Touch(Engine.NowOrLast());
            Engine.Log.WeightChanged(Name, before, value);
        }
    }

    public int MaxInFlight => Volatile.Read(ref _maxInFlight);

    public int MaxQueueLength => Volatile.Read(ref _maxQueueLength) is >= 0 and var own ? own : Engine.Settings.MaxQueueLengthPerClient;

    /// <summary>In ticks of the balancer's clock; <see cref="long.MaxValue"/>: never.</summary>
    public long QueueTimeoutTicks => Volatile.Read(ref _queueTimeoutTicks) is > 0 and var own ? own : Engine.Settings.QueueTimeoutTicks;

    public void Reconfigure(BalancerClientOptions options)
    {
        OptionsCheck.Check(options, nameof(options));
        if (options.Name is not null && options.Name != Name)
        {
            throw new ArgumentException($"The name of client '{Name}' cannot change to '{options.Name}'; leave it out, or register another client.", nameof(options));
        }

        ThrowIfClosed();
        var weight = Weight;

        // As in OptionsApplier: what has arrived is judged by the old bounds.
        Engine.Loop.Run(Engine.NowOrLast());
        Set(options);
        OnTimeoutChanged();
        Engine.Log.WeightChanged(Name, weight, options.Weight);
    }

    /// <summary>The queue timeout, this client's or its balancer's, has changed; bounds and cap may have as well.</summary>
    public void OnTimeoutChanged()
    {
        // A full fence between what was set and the look for a backlog: either that backlog is seen and told, or its first arrival sees what was set.
        Interlocked.Exchange(ref _timeoutChanged, true);
        Touch(Engine.NowOrLast());
    }

    public bool TakeTimeoutChanged() => Interlocked.Exchange(ref _timeoutChanged, false);

    private void Set(BalancerClientOptions options)
    {
        Volatile.Write(ref _weight, options.Weight);
        Volatile.Write(ref _maxInFlight, options.MaxInFlight ?? int.MaxValue);
        Volatile.Write(ref _maxQueueLength, options.MaxQueueLength ?? -1);
        Volatile.Write(ref _queueTimeoutTicks, options.QueueTimeout is { } timeout ? Engine.ToTicks(timeout) : 0);
    }
}
