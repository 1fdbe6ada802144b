using KiwiBalancer.Demo.Load;

namespace KiwiBalancer.Demo.Arguments;

/// <summary>The command line, checked.</summary>
internal sealed record DemoArguments
{
    /// <summary>The slots of the server.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>The clients of the staggered scenario; unused with traces.</summary>
    public IReadOnlyList<ClientArgument> Clients { get; init; } = [new("alpha", 1, null), new("beta", 1, null), new("gamma", 2, null)];

    /// <summary>About how long the staggered scenario takes; null when not given.</summary>
    public double? Seconds { get; init; }

    public DurationRange Duration { get; init; } = DurationRange.Default;

    public IReadOnlyList<TraceArgument> Traces { get; init; } = [];

    /// <summary>Divides the clock of the traces and the time of their requests at the server.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Whether to put the same load through a bare <see cref="SemaphoreSlim"/>, instead of the balancer or after it.</summary>
    public Baseline Baseline { get; init; }

    /// <summary>The least utilisation that counts as kept, as a fraction.</summary>
    public double LeastUtilisation { get; init; } = 0.99;

    public string? JsonPath { get; init; }

    public string? ChartPath { get; init; }

    /// <summary>Plain lines, also on a terminal.</summary>
    public bool Plain { get; init; }

    /// <summary>The balancer's strategy.</summary>
    public Sharing Strategy { get; init; } = Sharing.Weighted;

    /// <summary>What shares the slots in the run that is judged.</summary>
    public Sharing Sharing => Baseline == Baseline.Semaphore ? Sharing.Semaphore : Strategy;
}
