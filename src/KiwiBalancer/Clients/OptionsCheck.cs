namespace KiwiBalancer.Clients;

/// <summary>The rules for options, in one place: constructors throw the first that is broken, the container's validation names them all.</summary>
internal static class OptionsCheck
{
    public const int MaxWeight = 1_000_000;

    public static void Check(KiwiBalancerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ThrowFirst(Problems(options), nameof(options));
    }

    /// <param name="client">The options.</param>
    /// <param name="parameter">What the caller's caller knows them as.</param>
    public static void Check(BalancerClientOptions client, string parameter)
    {
        ArgumentNullException.ThrowIfNull(client, parameter);
        ThrowFirst(Problems(client, ""), parameter);
    }

    public static void CheckWeight(int weight, string parameter)
    {
        if (weight is < 1 or > MaxWeight)
        {
            throw new ArgumentOutOfRangeException(parameter, weight, $"A weight must be 1 to {MaxWeight}; it is a client's claim relative to the others'.");
        }
    }

    /// <summary>A name that may be left out.</summary>
    public static void CheckName(string? name)
    {
        if (name is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name);
        }
    }

    public static void CheckLimit(int value)
    {
        if (value < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A limit must be 0 or more; 0 pauses the balancer.");
        }
    }

    /// <summary>Options with defaults for everything but the limit.</summary>
    public static KiwiBalancerOptions OfLimit(int limit)
    {
        if (limit < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "A limit must be 1 or more at the start; set IBalancer.Limit to 0 later to pause.");
        }

        return new KiwiBalancerOptions { Limit = limit };
    }

    /// <summary>Everything that is wrong.</summary>
    public static IEnumerable<OptionProblem> Problems(KiwiBalancerOptions options) =>
    [
        .. AtLeast(options.Limit, 1, nameof(options.Limit)),
        .. AtLeast(options.MaxCost, 1, nameof(options.MaxCost)),
        .. AtLeast(options.MaxQueueLength, 0, nameof(options.MaxQueueLength)),
        .. AtLeast(options.MaxQueueLengthPerClient, 0, nameof(options.MaxQueueLengthPerClient)),
        .. AtLeast(options.MaxClientsInMetrics, 0, nameof(options.MaxClientsInMetrics)),
        .. AtLeast(options.MaxRequestsPerTurn, 1, nameof(options.MaxRequestsPerTurn)),
        .. Span(options.QueueTimeout, nameof(options.QueueTimeout), isZeroAllowed: false),
        .. Span(options.ShutdownTimeout, nameof(options.ShutdownTimeout), isZeroAllowed: true),
        .. Unless(options.IdleGrace >= TimeSpan.Zero, nameof(options.IdleGrace), options.IdleGrace, "must be zero or more."),
        .. Unless(Enum.IsDefined(options.OverflowPolicy), nameof(options.OverflowPolicy), options.OverflowPolicy, $"must be one of {string.Join(", ", Enum.GetNames<OverflowPolicy>())}."),
        .. Unless(Enum.IsDefined(options.Strategy), nameof(options.Strategy), options.Strategy, $"must be one of {string.Join(", ", Enum.GetNames<BalancerStrategy>())}."),
        .. Name(options.Name, nameof(options.Name)),
        .. options.Clients.SelectMany(client => Problems(client.Key, client.Value)),
    ];

    private static IEnumerable<OptionProblem> Problems(string name, BalancerClientOptions? client)
    {
        var option = $"{nameof(KiwiBalancerOptions.Clients)}['{name}']";
        return
        [
            .. Name(name, option),
            .. client is null ? [new OptionProblem(option, null, "is null; give it options or leave it out.", IsOutOfRange: false)] : Problems(client, option + "."),
            .. client?.Name is { } other && other != name
                ? [new OptionProblem(option, other, $"has the name '{other}'; leave the name out or make it '{name}'.", IsOutOfRange: false)]
                : Array.Empty<OptionProblem>(),
        ];
    }

    private static IEnumerable<OptionProblem> Problems(BalancerClientOptions client, string prefix) =>
    [
        .. client.Name is null ? [] : Name(client.Name, prefix + nameof(client.Name)),
        .. Unless(client.Weight is >= 1 and <= MaxWeight, prefix + nameof(client.Weight), client.Weight, $"must be 1 to {MaxWeight}; it is a client's claim relative to the others'."),
        .. AtLeast(client.MaxInFlight, 1, prefix + nameof(client.MaxInFlight)),
        .. AtLeast(client.MaxQueueLength, 0, prefix + nameof(client.MaxQueueLength)),
        .. client.QueueTimeout is { } timeout ? Span(timeout, prefix + nameof(client.QueueTimeout), isZeroAllowed: false) : [],
    ];

    private static IEnumerable<OptionProblem> AtLeast(int? value, int least, string option) => Unless(value is null || value >= least, option, value, $"must be {least} or more.");

    private static IEnumerable<OptionProblem> Span(TimeSpan value, string option, bool isZeroAllowed) => Unless(
        value == Timeout.InfiniteTimeSpan || value > TimeSpan.Zero || (isZeroAllowed && value == TimeSpan.Zero),
        option,
        value,
        $"must be {(isZeroAllowed ? "zero or more" : "more than zero")}, or Timeout.InfiniteTimeSpan (-00:00:00.001).");

    private static IEnumerable<OptionProblem> Name(string name, string option) =>
        string.IsNullOrWhiteSpace(name) ? [new OptionProblem(option, name, "must not be empty.", IsOutOfRange: false)] : [];

    private static IEnumerable<OptionProblem> Unless(bool isRight, string option, object? given, string allowed) =>
        isRight ? [] : [new OptionProblem(option, given, allowed)];

    private static void ThrowFirst(IEnumerable<OptionProblem> problems, string parameter)
    {
        if (problems.FirstOrDefault() is { } problem)
        {
            throw problem.ToException(parameter);
        }
    }
}
