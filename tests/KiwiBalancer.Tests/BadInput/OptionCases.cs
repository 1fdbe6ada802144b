using static KiwiBalancer.Tests.BadInput.BadInputCase;

namespace KiwiBalancer.Tests.BadInput;

/// <summary>Every option at values it must refuse, wherever options are taken.</summary>
internal static class OptionCases
{
    private static readonly TimeSpan Negative = TimeSpan.FromSeconds(-2);

    /// <summary>A setter takes anything: options are checked as a whole where they are used.</summary>
    public static IEnumerable<BadInputCase> All =>
    [
        .. OfBalancer("", (_, options) => new WeightedBalancer(options).Dispose()).Where(wrong => wrong.Member.Length > 0),
        .. OfClient("", "client", (scene, client) => scene.Balancer.Register(client)).Where(wrong => wrong.Member.Length > 0),
        Range("SendAllOptions.MaxOutstanding =", "options", 0, "MaxOutstanding must be 1 or more", scene => scene.Bound.SendAllAsync([1], new() { MaxOutstanding = 0 })),
        Range("SendAllOptions.MaxOutstanding =", "options", -3, "MaxOutstanding must be 1 or more", scene => scene.Bound.SendAllAsync([1], new() { MaxOutstanding = -3 })),
    ];

    /// <summary>What <paramref name="member"/> must refuse as options of a balancer; with no member, the setters themselves.</summary>
    public static IEnumerable<BadInputCase> OfBalancer(string member, Action<BadInputScene, KiwiBalancerOptions> use)
    {
        BadInputCase OutOfRange(string option, object given, string allowed, Action<KiwiBalancerOptions> spoil) => new(
            member.Length > 0 || option.Contains('[', StringComparison.Ordinal) ? member : $"KiwiBalancerOptions.{option} =",
            $"{option} {given}",
            typeof(ArgumentOutOfRangeException),
            "options",
            [option, $"{given}", allowed],
            scene => use(scene, Spoiled(spoil)));
        BadInputCase Bad(string what, string[] says, Action<KiwiBalancerOptions> spoil) => Wrong(member, what, "options", says, scene => use(scene, Spoiled(spoil)));

        return
        [
            Null(member, "options", scene => use(scene, null!)),
            OutOfRange("Limit", 0, "1 or more", options => options.Limit = 0),
            OutOfRange("Limit", -1, "1 or more", options => options.Limit = -1),
            OutOfRange("MaxCost", 0, "1 or more", options => options.MaxCost = 0),
            OutOfRange("MaxQueueLength", -1, "0 or more", options => options.MaxQueueLength = -1),
            OutOfRange("MaxQueueLengthPerClient", -2, "0 or more", options => options.MaxQueueLengthPerClient = -2),
            OutOfRange("MaxRequestsPerTurn", 0, "1 or more", options => options.MaxRequestsPerTurn = 0),
            OutOfRange("MaxClientsInMetrics", -1, "0 or more", options => options.MaxClientsInMetrics = -1),
            OutOfRange("QueueTimeout", TimeSpan.Zero, "more than zero, or Timeout.InfiniteTimeSpan", options => options.QueueTimeout = TimeSpan.Zero),
            OutOfRange("QueueTimeout", Negative, "more than zero, or Timeout.InfiniteTimeSpan", options => options.QueueTimeout = Negative),
            OutOfRange("ShutdownTimeout", Negative, "zero or more, or Timeout.InfiniteTimeSpan", options => options.ShutdownTimeout = Negative),
            OutOfRange("IdleGrace", Negative, "zero or more", options => options.IdleGrace = Negative),
            OutOfRange("OverflowPolicy", 7, "RejectNewest, RejectOldest", options => options.OverflowPolicy = (OverflowPolicy)7),
            OutOfRange("Strategy", 99, "Weighted, RoundRobin, SingleClient, Batch", options => options.Strategy = (BalancerStrategy)99),
            OutOfRange("Clients['b'].Weight", 1_000_001, "1 to 1000000", options => options.Clients["b"] = new() { Weight = 1_000_001 }),
            OutOfRange("Clients['b'].MaxInFlight", 0, "1 or more", options => options.Clients["b"] = new() { MaxInFlight = 0 }),
            Wrong(member.Length > 0 ? member : "KiwiBalancerOptions.Name =", "no name", "options", ["Name must not be empty"], scene => use(scene, Spoiled(options => options.Name = ""))),
            Wrong(member.Length > 0 ? member : "KiwiBalancerOptions.Name =", "null as name", "options", ["Name must not be empty"], scene => use(scene, Spoiled(options => options.Name = null!))),
            Bad("a client with a blank name", ["Clients[' '] must not be empty"], options => options.Clients[" "] = new()),
            Bad("a client that is null", ["Clients['b'] is null", "leave it out"], options => options.Clients["b"] = null!),
            Bad("a client with two names", ["Clients['b']", "'c'", "make it 'b'"], options => options.Clients["b"] = new() { Name = "c" }),
        ];
    }

    /// <summary>What <paramref name="member"/> must refuse as options of a client; with no member, the setters themselves.</summary>
    public static IEnumerable<BadInputCase> OfClient(string member, string parameter, Action<BadInputScene, BalancerClientOptions> use)
    {
        BadInputCase OutOfRange(string option, object given, string allowed, BalancerClientOptions client) => new(
            member.Length > 0 ? member : $"BalancerClientOptions.{option} =",
            $"{option} {given}",
            typeof(ArgumentOutOfRangeException),
            parameter,
            [option, $"{given}", allowed],
            scene => use(scene, client));

        return
        [
            Null(member, parameter, scene => use(scene, null!)),
            OutOfRange("Weight", 0, "1 to 1000000", new() { Weight = 0 }),
            OutOfRange("Weight", -7, "1 to 1000000", new() { Weight = -7 }),
            OutOfRange("Weight", 1_000_001, "1 to 1000000", new() { Weight = 1_000_001 }),
            OutOfRange("MaxInFlight", 0, "1 or more", new() { MaxInFlight = 0 }),
            OutOfRange("MaxQueueLength", -1, "0 or more", new() { MaxQueueLength = -1 }),
            OutOfRange("QueueTimeout", TimeSpan.Zero, "more than zero, or Timeout.InfiniteTimeSpan", new() { QueueTimeout = TimeSpan.Zero }),
            OutOfRange("QueueTimeout", Negative, "more than zero, or Timeout.InfiniteTimeSpan", new() { QueueTimeout = Negative }),
            Wrong(member.Length > 0 ? member : "BalancerClientOptions.Name =", "a blank name", parameter, ["Name must not be empty"], scene => use(scene, new() { Name = " " })),
        ];
    }

    private static KiwiBalancerOptions Spoiled(Action<KiwiBalancerOptions> spoil)
    {
        var options = new KiwiBalancerOptions { Limit = 3 };
        spoil(options);
        return options;
    }
}
