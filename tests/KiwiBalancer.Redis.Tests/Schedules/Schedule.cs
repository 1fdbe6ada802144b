using System.Collections.Immutable;
using KiwiBalancer.Redis.Node;

namespace KiwiBalancer.Redis.Tests.Schedules;

/// <summary>A whole run as a value: the same schedule gives the same run, event for event.</summary>
internal sealed record Schedule
{
    public required ulong Seed { get; init; }

    public int Nodes { get; init; } = 3;

    public int Limit { get; init; } = 10;

    public double Length { get; init; } = 12_000;

    public NodeSettings Settings { get; init; } = new() { Ttl = 2_000, Margin = 200, Linger = 600, Interval = 500, MinGap = 20 };

    /// <summary>The longest a request runs on at the server, whatever the settings say.</summary>
    public double LongestRequest { get; init; } = 560;

    /// <summary>Of a thousand messages, how many are lost, doubled, or late by up to three times the lease.</summary>
    public int Lost { get; init; }

    public int Doubled { get; init; }

    public int Late { get; init; }

    /// <summary>How long a message takes, when it is not late; null: 0.2 to 10 ms.</summary>
    public double? Delay { get; init; }

    /// <summary>Nothing that is pushed arrives.</summary>
    public bool ArePushesLost { get; init; }

    /// <summary>How long every request runs; null: mixed.</summary>
    public double? RequestLength { get; init; }

    /// <summary>The nodes' weights, each of one client; empty: mixed, of two clients each.</summary>
    public ImmutableArray<long> Weights { get; init; } = [];

    /// <summary>By how much clocks run fast or slow at most.</summary>
    public double Drift { get; init; } = 0.05;

    public ImmutableArray<Fault> Faults { get; init; } = [];

    public override string ToString() =>
        $"seed {Seed}, {Nodes} nodes, limit {Limit}, lost {Lost}, doubled {Doubled}, late {Late}, drift {Drift}, ttl {Settings.Ttl}, linger {Settings.Linger}, floor {Settings.Floor} of {Settings.MaxNodes}"
        + string.Concat(Faults.Select(fault => $"\n    {fault}"));
}
