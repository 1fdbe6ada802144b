using StackExchange.Redis;

namespace KiwiBalancer;

/// <summary>How a balancer takes part in a limit that many processes share through Redis or Valkey.</summary>
/// <remarks>All processes of a fleet should have the same times; where they differ, each keeps to its own and the engine to the longest.</remarks>
public sealed class RedisLimitOptions
{
    /// <summary>How to connect, as StackExchange.Redis writes it: <c>host:6379,password=…</c>. The connection is this balancer's own.</summary>
    /// <value>Required, unless <see cref="Connection"/> is set.</value>
    public string? Configuration { get; set; }

    /// <summary>A connection that exists already; it is used and not disposed.</summary>
    /// <value>Default: none.</value>
    public IConnectionMultiplexer? Connection { get; set; }

    /// <summary>What the processes share: the name of the server that is protected. The ledger is the key <c>kiwi:{resource}</c>.</summary>
    /// <value>1 to 200 characters, no blanks and no braces. Required.</value>
    public string Resource { get; set; } = "";

    /// <summary>How long a lease lasts without news from the engine. After a crash of a process its slots come back so much later, and <see cref="Linger"/>.</summary>
    /// <value>500 ms to 10 minutes. Default: 6 s.</value>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>How much earlier than the engine this process takes its lease to end. A tenth covers clocks that run 5 % fast here and 5 % slow there.</summary>
    /// <value>20 ms to half of <see cref="LeaseDuration"/>. Default (null): a tenth of <see cref="LeaseDuration"/>.</value>
    public TimeSpan? LeaseMargin { get; set; }

    /// <summary>The time between reports to the engine when nothing happens, give or take a tenth.</summary>
    /// <value>50 ms to a third of <see cref="LeaseDuration"/>. Default: 1 s.</value>
    public TimeSpan ReportInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The least time between two reports.</summary>
    /// <value>1 ms to <see cref="ReportInterval"/>. Default: 20 ms.</value>
    public TimeSpan MinReportGap { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The longest time that a request may run on at the server after its process has crashed or lost its lease. Too short, and the server may see more than the limit; too long, and slots stand idle after a crash.</summary>
    /// <value>Zero to a day. Default: 30 s.</value>
    public TimeSpan Linger { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Slots that each process has of its own, with or without a lease, so that it is never quite closed while the engine cannot be reached. They are taken off the limit for each of <see cref="MaxNodes"/>, used or not.</summary>
    /// <value>0 to 1,000,000; times <see cref="MaxNodes"/> no more than the balancer's <see cref="KiwiBalancerOptions.Limit"/>. The same in all processes. Default: 0.</value>
    public int LocalFloor { get; set; }

    /// <summary>The most processes that have a <see cref="LocalFloor"/> at once, those counted that have crashed less than <see cref="Linger"/> ago. More of them, and the server may see more than the limit.</summary>
    /// <value>1 to 100,000. The same in all processes. Required with a <see cref="LocalFloor"/>, of no use without.</value>
    public int? MaxNodes { get; set; }

    /// <summary>What becomes of requests that run when the lease is lost.</summary>
    /// <value><see cref="WhenLeaseLost.Finish"/> (default) or <see cref="WhenLeaseLost.Cancel"/>.</value>
    public WhenLeaseLost WhenLeaseLost { get; set; }
}
