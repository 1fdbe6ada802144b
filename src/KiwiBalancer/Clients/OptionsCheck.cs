namespace KiwiBalancer.Clients;

/// <summary>Refuses wrong options at the door: what was given, what is allowed.</summary>
internal static class OptionsCheck
{
    public const int MaxWeight = 1_000_000;

    public static void Check(KiwiBalancerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        AtLeast(options.Limit, 1, nameof(options.Limit));
        AtLeast(options.MaxCost, 1, nameof(options.MaxCost));
        AtLeast(options.MaxQueueLength, 0, nameof(options.MaxQueueLength));
        AtLeast(options.MaxQueueLengthPerClient, 0, nameof(options.MaxQueueLengthPerClient));
        AtLeast(options.MaxRequestsPerTurn, 1, nameof(options.MaxRequestsPerTurn));
        if (options.IdleGrace < TimeSpan.Zero)
        {
            throw OutOfRange(nameof(options.IdleGrace), options.IdleGrace, "IdleGrace must be zero or more.");
        }

        Check(options.QueueTimeout, nameof(options.QueueTimeout), isZeroAllowed: false);
        Check(options.ShutdownTimeout, nameof(options.ShutdownTimeout), isZeroAllowed: true);
        if (!Enum.IsDefined(options.OverflowPolicy))
        {
            throw OutOfRange(nameof(options.OverflowPolicy), options.OverflowPolicy, "OverflowPolicy must be RejectNewest or RejectOldest.");
        }

        if (!Enum.IsDefined(options.Strategy))
        {
            throw OutOfRange(nameof(options.Strategy), options.Strategy, $"Strategy must be one of {string.Join(", ", Enum.GetNames<BalancerStrategy>())}.");
        }

        CheckName(options.Name, nameof(options.Name));
        foreach (var (name, client) in options.Clients)
        {
            if (client is null)
            {
                throw new ArgumentException($"Clients['{name}'] is null; give it options or leave it out.", nameof(options));
            }

            if (client.Name is not null && client.Name != name)
            {
                throw new ArgumentException($"Clients['{name}'] has the name '{client.Name}'; leave the name out or make it '{name}'.", nameof(options));
            }

            CheckName(name, nameof(options.Clients));
            Check(client);
        }
    }

    public static void Check(BalancerClientOptions client)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (client.Name is not null)
        {
            CheckName(client.Name, nameof(client.Name));
        }

        CheckWeight(client.Weight);
        AtLeast(client.MaxInFlight, 1, nameof(client.MaxInFlight));
        AtLeast(client.MaxQueueLength, 0, nameof(client.MaxQueueLength));
        if (client.QueueTimeout is { } timeout)
        {
            Check(timeout, nameof(client.QueueTimeout), isZeroAllowed: false);
        }
    }

    public static void CheckWeight(int weight)
    {
        if (weight is < 1 or > MaxWeight)
        {
            throw new ArgumentOutOfRangeException(nameof(weight), weight, $"A weight must be 1 to {MaxWeight}; it is a client's claim relative to the others'.");
        }
    }

    public static void CheckLimit(int limit)
    {
        if (limit < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "A limit must be 0 or more; 0 pauses the balancer.");
        }
    }

    private static void AtLeast(int? value, int least, string name)
    {
        if (value < least)
        {
            throw OutOfRange(name, value, $"{name} must be {least} or more.");
        }
    }

    private static void Check(TimeSpan value, string name, bool isZeroAllowed)
    {
        if (value != Timeout.InfiniteTimeSpan && (value < TimeSpan.Zero || (value == TimeSpan.Zero && !isZeroAllowed)))
        {
            throw OutOfRange(name, value, $"{name} must be {(isZeroAllowed ? "zero or more" : "more than zero")}, or Timeout.InfiniteTimeSpan.");
        }
    }

    private static void CheckName(string name, string option)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentException($"{option} must not be empty.", option);
        }
    }

    private static ArgumentOutOfRangeException OutOfRange(string option, object? value, string message) => new(option, value, message);
}
