using System.Diagnostics;
using KiwiBalancer.Demo.Server;
using KiwiBalancer.Fleet.Engines;
using KiwiBalancer.Fleet.Nodes;
using KiwiBalancer.Fragile;
using StackExchange.Redis;

namespace KiwiBalancer.Fleet;

/// <summary>A fragile server, an engine, and nodes, all processes of their own. They end with it.</summary>
internal sealed class RunningFleet : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private readonly FleetSettings _settings;
    private readonly ServerProcess _process;
    private readonly string _engineAddress;
    private readonly List<Member> _members = [];
    private readonly Lock _lock = new();
    private readonly List<(long From, int Limit)> _limits = [];

    private RunningFleet(FleetSettings settings, IEngine engine, ServerProcess process, string? engineAddress)
    {
        _settings = settings;
        Engine = engine;
        _process = process;
        _engineAddress = engineAddress ?? engine.Configuration;
        Server = new ServerConnection(process.Port);
        Limit = settings.Limit;
        _limits.Add((Stopwatch.GetTimestamp(), settings.Limit));
    }

    public LeaseTimes Times => _settings.Times;

    public IEngine Engine { get; }

    public ServerConnection Server { get; }

    /// <summary>The ledger's name: nobody else's, also in an engine that others use.</summary>
    public string Resource { get; } = $"fleet-{Guid.NewGuid():N}";

    /// <summary>The limit as it was set last.</summary>
    public int Limit { get; private set; }

    /// <summary>The limits of the server, and since when.</summary>
    public IReadOnlyList<(long From, int Limit)> Limits
    {
        get
        {
            lock (_lock)
            {
                return [.. _limits];
            }
        }
    }

    public IReadOnlyList<Member> Members
    {
        get
        {
            lock (_lock)
            {
                return [.. _members];
            }
        }
    }

    /// <param name="settings">What it is made of.</param>
    /// <param name="engine">What the nodes lease from; it stays the caller's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="engineAddress">How the nodes reach the engine, if not directly.</param>
    public static async Task<RunningFleet> StartAsync(FleetSettings settings, IEngine engine, CancellationToken cancellationToken, string? engineAddress = null)
    {
        ServerProcess process = await ServerProcess.StartAsync(settings.Limit, settings.MostNodes, settings.Capacity, cancellationToken);
        var fleet = new RunningFleet(settings, engine, process, engineAddress);
        try
        {
            await Task.WhenAll(settings.Nodes.Select(node => fleet.AddAsync(node.Name, node.Weight, cancellationToken)));
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts another node.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="configure">Changes what it is told.</param>
    public async Task<Member> AddAsync(string name, int weight, CancellationToken cancellationToken, Func<NodeOptions, NodeOptions>? configure = null)
    {
        Member member;
        lock (_lock)
        {
            var options = new NodeOptions
            {
                Name = name,
                Client = _members.Count,
                Weight = weight,
                Limit = Limit,
                Server = _process.Port,
                Engine = _engineAddress,
                Resource = Resource,
                Callers = _settings.Callers ?? _settings.Limit,
                Least = _settings.Least,
                Most = _settings.Most,
                Times = _settings.Times,
            };
            member = new Member(configure?.Invoke(options) ?? options);
            _members.Add(member);
        }

        await member.StartAsync(Limit, cancellationToken);
        return member;
    }

    /// <summary>Starts a node again that was killed or has left.</summary>
    public Task StartAgainAsync(Member member, CancellationToken cancellationToken) => member.StartAsync(Limit, cancellationToken);

    /// <summary>A new connection of our own, for FLUSHALL, SAVE and a look at the ledger: an old one may still wait for an engine that is back already.</summary>
    public Task<ConnectionMultiplexer> ConnectAsync() => ConnectionMultiplexer.ConnectAsync(Engine.Configuration);

    /// <summary>Null while there is none, or the engine does not answer.</summary>
    public async Task<LedgerReading?> ReadLedgerAsync()
    {
        try
        {
            await using ConnectionMultiplexer connection = await ConnectAsync();
            return await LedgerReading.ReadAsync(connection, Resource);
        }
        catch (RedisException)
        {
            return null;
        }
    }

    /// <summary>Changes the limit, at the server and at all nodes, in the order in which neither is ever over.</summary>
    public async Task SetLimitAsync(int limit, CancellationToken cancellationToken)
    {
        bool isRaised = limit > Limit;
        Limit = limit;
        if (isRaised)
        {
            await SetServerLimitAsync(limit, cancellationToken);
        }

        foreach (Member member in Members.Where(m => m.IsUp))
        {
            member.SetLimit(limit);
        }

        // In force when all nodes know; and lowered when the ledger holds no more than that, and remembers everything.
        await UntilAsync(() => Task.FromResult(Members.Where(m => m.IsUp).All(m => m.State.Limit == limit)), cancellationToken);
        await UntilAsync(async () => await ReadLedgerAsync() is { IsQuarantined: false } ledger && ledger.Limit == limit && ledger.SumHold <= limit, cancellationToken);
        if (!isRaised)
        {
            await SetServerLimitAsync(limit, cancellationToken);
        }
    }

    /// <summary>Waits until something is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        while (!await condition())
        {
            await Task.Delay(Poll, TimeProvider.System, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Members.Select(m => m.DisposeAsync().AsTask()));
        Server.Dispose();
        await _process.DisposeAsync();
    }

    private async Task SetServerLimitAsync(int limit, CancellationToken cancellationToken)
    {
        await UntilAsync(
            async () =>
            {
                try
                {
                    await Server.SetLimitAsync(limit, cancellationToken);
                    return true;
                }
                catch (HttpRequestException e) when (e.StatusCode == System.Net.HttpStatusCode.Conflict)
                {
                    return false;
                }
            },
            cancellationToken);
        lock (_lock)
        {
            _limits.Add((Stopwatch.GetTimestamp(), limit));
        }
    }
}
