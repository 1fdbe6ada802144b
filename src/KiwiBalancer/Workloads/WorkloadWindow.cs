using System.Threading.Channels;
using KiwiBalancer.Clients;

namespace KiwiBalancer.Workloads;

/// <summary>How many requests may be pulled and not yet yielded, and how many are.</summary>
internal sealed class WorkloadWindow(ClientHandle client, int? size)
{
    // One ring is enough for any number of results: the puller looks at the count after each.
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    // Invariant: pulled and not yet yielded.
    // Written by: the puller (+1), the reader (-1), interlocked.
    // Order: the reader rings after it has written, the puller reads after it has heard the bell, so a place that became free is seen.
    private int _outstanding;

    public bool IsEmpty => Volatile.Read(ref _outstanding) == 0;

    private bool HasRoom => Volatile.Read(ref _outstanding) < Size;

    private int Size
    {
        get
        {
            if (size is { } given)
            {
                return given;
            }

            // A paused balancer has no slots to ask for; the requests that wait for its return are as many as it had.
            // A limit from a source follows demand: were demand bound by it, neither would ever grow.
            var engine = client.Engine;
            var limit = engine.Source is null ? engine.Ledger.Read().Limit : engine.ConfiguredLimit;
            return Math.Min(limit == 0 ? engine.Settings.Limit : limit, client.MaxInFlight);
        }
    }

    public void Pulled() => Interlocked.Increment(ref _outstanding);

    public void Yielded()
    {
        Interlocked.Decrement(ref _outstanding);
        _bell.Writer.TryWrite(true);
    }

    /// <summary>Waits until one more may be pulled. The puller only.</summary>
    public async ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        while (!HasRoom)
        {
            await _bell.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
