using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Logging;

namespace KiwiBalancer.Tests.Issues;

/// <summary>The limit was the last thing that new options changed: when a client in them was refused, it was not changed, and the same options applied again did not change it either.</summary>
public sealed class LimitLostWithARefusedClientTests
{
    [Fact]
    public void Reconfigure_AClientInTheOptionsIsRefused_TheNewLimitIsInForce()
    {
        var log = new HookedLog();
        using var balancer = new WeightedBalancer(Options(limit: 10, weight: 1), timeProvider: null, log);

        // Registered in code in the middle of the change: the options' own client of that name comes too late.
        log.OnEntry = () => balancer.Register("late");
        var options = Options(limit: 20, weight: 2);
        options.Clients["late"] = new BalancerClientOptions();
        Assert.Throws<ArgumentException>(() => balancer.Reconfigure(options));

        Assert.Equal(20, balancer.Limit);
        Integrity.Check(balancer);
    }

    [Fact]
    public void Reconfigure_TheClockThrows_TheSameOptionsAppliedAgainChangeTheLimit()
    {
        var clock = new BrokenTimerClock();
        using var balancer = new WeightedBalancer(Options(limit: 10, weight: 1), clock);
        clock.IsBroken = true;
        Assert.Throws<InvalidOperationException>(() => balancer.Reconfigure(Options(limit: 20, weight: 1)));
        Assert.Equal(10, balancer.Limit);

        clock.IsBroken = false;
        balancer.Reconfigure(Options(limit: 20, weight: 1));

        Assert.Equal(20, balancer.Limit);
    }

    private static KiwiBalancerOptions Options(int limit, int weight) => new() { Limit = limit, Clients = { ["first"] = new BalancerClientOptions { Weight = weight } } };

    private sealed class HookedLog : ILogger
    {
        public Action? OnEntry { get; set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var hook = OnEntry;
            OnEntry = null;
            hook?.Invoke();
        }
    }
}
