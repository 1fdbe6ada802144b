using KiwiBalancer.Tests.Support;
using static KiwiBalancer.Tests.BadInput.BadInputCase;

namespace KiwiBalancer.Tests.BadInput;

/// <summary>Balancers and what registers clients with them.</summary>
internal static class BalancerCases
{
    private const string Register = "IBalancer.Register(client)";
    private const string RegisterBound = "IBalancer<TRequest, TResponse>.Register(client)";
    private const string ByName = "BalancerExtensions.Register(balancer, name, weight)";
    private const string BoundByName = "BalancerExtensions.Register<TRequest, TResponse>(balancer, name, weight)";
    private const string Reconfigure = "IBalancer.Reconfigure(options)";

    public static IEnumerable<BadInputCase> All =>
    [
        .. Constructors("WeightedBalancer", limit => new WeightedBalancer(limit), options => new WeightedBalancer(options)),
        .. Constructors("RoundRobinBalancer", limit => new RoundRobinBalancer(limit), options => new RoundRobinBalancer(options)),
        .. Constructors("SingleClientBalancer", limit => new SingleClientBalancer(limit), options => new SingleClientBalancer(options)),
        .. Constructors("BatchBalancer", limit => new BatchBalancer(limit), options => new BatchBalancer(options)),
        .. OptionCases.OfBalancer(Reconfigure, (scene, options) => scene.Balancer.Reconfigure(options)),
        Wrong(Reconfigure, "another name", "options", ["'kiwi'", "'other'", "cannot change", "leave it"], scene => scene.Balancer.Reconfigure(new() { Limit = 4, Name = "other" })),
        Wrong(Reconfigure, "another strategy", "options", ["Weighted", "Batch", "make another balancer"], scene => scene.Balancer.Reconfigure(new() { Limit = 4, Strategy = BalancerStrategy.Batch })),
        Wrong(
            Reconfigure,
            "a client registered in code",
            "options",
            ["Clients['a']", "registered in code", "Choose another name"],
            scene => scene.Balancer.Reconfigure(new() { Limit = 3, Clients = { ["a"] = new() } })),
        Range("IBalancer.Limit =", "value", -1, "0 or more", scene => scene.Balancer.Limit = -1),
        Range("IBalancer.Limit =", "value", int.MinValue, "0 or more", scene => scene.Balancer.Limit = int.MinValue),
        Null("Balancer.UseLimitSource(source)", "source", scene => ((Balancer)scene.Balancer).UseLimitSource(null!)),
        Range("SourcedLimit.Set(limit, deadline)", "limit", -1, "0 or more", _ => Sourced().Set(-1, 0)),
        Null("IBalancer.TryGetClient(name, client)", "name", scene => scene.Balancer.TryGetClient(null!, out _)),
        .. OptionCases.OfClient(Register, "client", (scene, client) => scene.Balancer.Register(client)),
        Wrong(Register, "a live name", "client", ["'a'", "registered already", "TryGetClient"], scene => scene.Balancer.Register(new BalancerClientOptions { Name = "a" })),
        .. OptionCases.OfClient(RegisterBound, "client", (scene, client) => scene.View.Register(client)),
        Null(ByName, "balancer", _ => ((IBalancer)null!).Register("b")),
        .. Names(ByName, (scene, name, weight) => scene.Balancer.Register(name, weight)),
        Null(BoundByName, "balancer", _ => ((IBalancer<int, int>)null!).Register("b")),
        .. Names(BoundByName, (scene, name, weight) => scene.View.Register(name, weight)),
        Null("new BalancerRejectedException(rejection)", "rejection", _ => Throw(new BalancerRejectedException(null!))),
    ];

    private static IEnumerable<BadInputCase> Constructors(string type, Func<int, Balancer> ofLimit, Func<KiwiBalancerOptions, Balancer> ofOptions) =>
    [
        .. new[] { 0, -1, int.MinValue }.Select(limit => Range($"new {type}(limit)", "limit", limit, "1 or more", _ => ofLimit(limit).Dispose())),
        .. OptionCases.OfBalancer($"new {type}(options, timeProvider, logger, meterFactory)", (_, options) => ofOptions(options).Dispose()),
    ];

    private static IEnumerable<BadInputCase> Names(string member, Action<BadInputScene, string, int> call) =>
    [
        Blank(member, "name", scene => call(scene, " ", 1)),
        .. new[] { 0, -5, 1_000_001 }.Select(weight => Range(member, "weight", weight, "1 to 1000000", scene => call(scene, "b", weight))),
    ];

    private static SourcedLimit Sourced()
    {
        var source = new HandLimit();
        using var balancer = new WeightedBalancer(1);
        balancer.UseLimitSource(source);
        return source.Limit;
    }

    private static void Throw(Exception exception) => throw exception;
}
