using System.Globalization;
using System.Text.Json;
using KiwiBalancer.Demo.Server;
using KiwiBalancer.Fragile;

namespace KiwiBalancer.Fleet.Nodes;

/// <summary>A node's process: <c>node OPTIONS</c>. It reads commands, writes its state, and ends when its input does.</summary>
internal static class NodeProgram
{
    public const string Verb = "node";

    /// <summary>Followed by a number: the fleet's limit as this node wants it.</summary>
    public const string Limit = "limit ";

    /// <summary>Followed by a number of callers.</summary>
    public const string Load = "load ";

    /// <summary>Leave as a node should: take nothing new, let what runs end, give the lease back.</summary>
    public const string Leave = "leave";

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);

    public static async Task<int> RunAsync(string text)
    {
        NodeOptions options = JsonSerializer.Deserialize(text, NodeOptionsContext.Default.NodeOptions)!;
        using var reports = new ReportCount();
        using var server = new ServerConnection(options.Server);
        var losses = new LeaseLosses();
        var lease = new RedisLimit(
            new RedisLimitOptions
            {
                Configuration = options.Engine,
                Resource = options.Resource,
                LeaseDuration = TimeSpan.FromMilliseconds(options.Times.Lease),
                LeaseMargin = TimeSpan.FromMilliseconds(options.Times.Margin),
                ReportInterval = TimeSpan.FromMilliseconds(options.Times.Interval),
                Linger = TimeSpan.FromMilliseconds(options.Times.Linger),
            },
            losses);
        await using var balancer = new WeightedBalancer(options.Limit);
        balancer.UseLimitSource(lease);
        IClientHandle client = balancer.Register(options.Name, options.Weight);
        var callers = new NodeCallers(options, client, lease, losses, server);
        callers.Set(options.Callers);

        // What it was told last; the balancer's own limit is its lease.
        int wanted = options.Limit;
        var leave = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable parent = ParentProcess.Follow(Obey);
        await Console.Out.WriteLineAsync(lease.Status.Node);
        while (!leave.Task.IsCompleted)
        {
            await Console.Out.WriteLineAsync(callers.Read(Volatile.Read(ref wanted), reports.Value).Format());
            await Task.WhenAny(leave.Task, Task.Delay(Every, TimeProvider.System));
        }

        await callers.StopAsync();
        await balancer.DisposeAsync();
        await Console.Out.WriteLineAsync(callers.Read(wanted, reports.Value).Format());
        return 0;

        void Obey(string command)
        {
            if (command == Leave)
            {
                leave.TrySetResult();
            }
            else if (command.StartsWith(Limit, StringComparison.Ordinal))
            {
                int limit = int.Parse(command.AsSpan(Limit.Length), CultureInfo.InvariantCulture);
                balancer.Limit = limit;
                Volatile.Write(ref wanted, limit);
            }
            else if (command.StartsWith(Load, StringComparison.Ordinal))
            {
                callers.Set(int.Parse(command.AsSpan(Load.Length), CultureInfo.InvariantCulture));
            }
        }
    }
}
