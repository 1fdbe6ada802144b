using System.Globalization;
using System.Threading.Channels;
using KiwiBalancer.Demo.Server;

namespace KiwiBalancer.Demo.Load;

/// <summary>
/// Changes the limit of the balancer and of the server in an order in which the server is never asked for more than it has: up, the server first;
/// down, the balancer first, and the server only when no more than that is in flight.
/// </summary>
internal sealed class LimitControl
{
    public const int Most = 10_000;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(10);
    private readonly Balancer _balancer;
    private readonly ServerConnection _server;
    private readonly LoadChanges _changes;
    private readonly Channel<(int Limit, bool Pause)> _wishes = Channel.CreateUnbounded<(int, bool)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _work;
    private int _atServer;
    private int _atBalancer;

    public LimitControl(int limit, Balancer balancer, ServerConnection server, LoadChanges changes)
    {
        _balancer = balancer;
        _server = server;
        _changes = changes;
        Wanted = _atServer = _atBalancer = limit;
        _work = WorkAsync();
    }

    public int Wanted { get; private set; }

    public bool IsPaused { get; private set; }

    public void Want(int limit, bool pause)
    {
        if ((limit, pause) != (Wanted, IsPaused))
        {
            (Wanted, IsPaused) = (limit, pause);
            _wishes.Writer.TryWrite((limit, pause));
        }
    }

    /// <summary>Takes no more wishes, and ends when the last is met.</summary>
    public Task FinishAsync()
    {
        _wishes.Writer.TryComplete();
        return _work;
    }

    private async Task WorkAsync()
    {
        await foreach ((int limit, bool pause) in _wishes.Reader.ReadAllAsync())
        {
            if (limit > _atServer)
            {
                await SetServerAsync(limit);
            }

            SetBalancer(pause ? 0 : limit);
            while (limit < _atServer && !_wishes.Reader.TryPeek(out _))
            {
                // In flight at the server is never more than in flight at the balancer, which holds a slot until it has the answer.
                if (_balancer.GetSnapshot().InFlight <= limit)
                {
                    await SetServerAsync(limit);
                    break;
                }

                await Task.Delay(LookAgain, TimeProvider.System);
            }
        }
    }

    private async Task SetServerAsync(int limit)
    {
        await _server.SetLimitAsync(limit, CancellationToken.None);
        _atServer = limit;
    }

    private void SetBalancer(int limit)
    {
        if (limit != _atBalancer)
        {
            _balancer.Limit = limit;
            _changes.SetLimit(limit, limit == 0 ? "paused" : _atBalancer == 0 ? "resumed" : string.Create(CultureInfo.InvariantCulture, $"limit {limit}"));
            _atBalancer = limit;
        }
    }
}
