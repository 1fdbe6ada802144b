using KiwiBalancer.Redis.Ledger;
using StackExchange.Redis;

namespace KiwiBalancer.Redis.Engine;

/// <summary>A node's way to the ledger: sends reports, hears pushes. Keeps connection and subscription alive for as long as it lives.</summary>
internal sealed class RedisEngine : IAsyncDisposable
{
    private readonly IConnectionMultiplexer _connection;
    private readonly bool _isOwned;
    private readonly RedisKey[] _keys;
    private readonly string _node;
    private readonly RedisChannel _channel;
    private ChannelMessageQueue? _pushes;

    private RedisEngine(IConnectionMultiplexer connection, bool isOwned, string resource, string node)
    {
        _connection = connection;
        _isOwned = isOwned;
        _node = node;
        _keys = [LedgerScript.Key(resource)];
        _channel = RedisChannel.Literal(LedgerScript.Channel(resource, node));
    }

    public IConnectionMultiplexer Connection => _connection;

    /// <summary>Connects, if there is no connection yet. An engine that cannot be reached now is no error: the connection goes on trying.</summary>
    public static async Task<RedisEngine> ConnectAsync(RedisLimitOptions options, string node, TimeSpan patience)
    {
        if (options.Connection is { } connection)
        {
            return new RedisEngine(connection, isOwned: false, options.Resource, node);
        }

        var configuration = Configure(options, patience);
        return new RedisEngine(await ConnectionMultiplexer.ConnectAsync(configuration).ConfigureAwait(false), isOwned: true, options.Resource, node);
    }

    /// <summary>How a connection of the node's own behaves: what cannot be done now fails at once, and an engine that is back is found soon.</summary>
    public static ConfigurationOptions Configure(RedisLimitOptions options, TimeSpan patience)
    {
        var configuration = ConfigurationOptions.Parse(options.Configuration!);
        configuration.AbortOnConnectFail = false;
        configuration.ClientName ??= "kiwibalancer";
        configuration.AsyncTimeout = (int)patience.TotalMilliseconds;

        // A report that waits for the connection to come back says what was true once: better to fail at once and send another.
        configuration.BacklogPolicy = BacklogPolicy.FailFast;

        // An engine that cannot be reached at first is said to be so soon; the connection goes on trying by itself. Longer than a lease nobody has to wait for one.
        configuration.ConnectRetry = 1;
        configuration.ConnectTimeout = Math.Min(configuration.ConnectTimeout, Math.Max(5_000, (int)options.LeaseDuration.TotalMilliseconds));

        // As patient as with a report. The default waits longer after each attempt, half a minute and more: an engine that was restarted twice stood there, and nobody had a lease.
        configuration.ReconnectRetryPolicy = new LinearRetry((int)patience.TotalMilliseconds);
        configuration.HeartbeatInterval = TimeSpan.FromMilliseconds(Math.Clamp(patience.TotalMilliseconds, 100, 1_000));
        return configuration;
    }

    /// <summary>Listens for pushes. Without it the protocol still holds: every push is repeated by the next reply.</summary>
    public async Task ListenAsync(Action<CapPush> handle)
    {
        _pushes = await _connection.GetSubscriber().SubscribeAsync(_channel).ConfigureAwait(false);
        _pushes.OnMessage(message =>
        {
            if (LedgerScript.ReadPush(_node, message.Message) is { } push)
            {
                handle(push);
            }
        });
    }

    public async Task<LeaseReply> SendAsync(NodeReport report)
    {
        var result = await _connection.GetDatabase().ScriptEvaluateAsync(LedgerScript.Text, _keys, LedgerScript.Write(report)).ConfigureAwait(false);
        return LedgerScript.ReadReply(result);
    }

    /// <summary>How many other nodes the ledger has entries of.</summary>
    public async Task<long> CountOthersAsync()
    {
        // Beside the header and this node's own.
        var fields = await _connection.GetDatabase().HashLengthAsync(_keys[0]).ConfigureAwait(false);
        return Math.Max(0, fields - 2);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_pushes is { } pushes)
            {
                await pushes.UnsubscribeAsync().ConfigureAwait(false);
            }
        }
        catch (RedisException)
        {
            // The engine is gone, and the subscription with it.
        }

        if (_isOwned)
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
