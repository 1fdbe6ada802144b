using System.Threading.Channels;

namespace KiwiBalancer.Benchmarks.Rivals;

/// <summary>A channel, and as many workers as may run at once.</summary>
public sealed class ChannelRival : IRival
{
    private readonly Channel<QueuedCall> _calls = Channel.CreateUnbounded<QueuedCall>();

    public ChannelRival(int limit)
    {
        for (var i = 0; i < limit; i++)
        {
            _ = Task.Run(WorkAsync);
        }
    }

    public async Task CallAsync(int caller, int times, Work? work, CancellationToken cancellationToken)
    {
        for (var i = 0; i < times; i++)
        {
            var call = new QueuedCall(work, cancellationToken);
            await _calls.Writer.WriteAsync(call, cancellationToken);
            await call.Answer();
        }
    }

    public void Dispose() => _calls.Writer.Complete();

    private async Task WorkAsync()
    {
        await foreach (var call in _calls.Reader.ReadAllAsync())
        {
            await call.RunAsync();
        }
    }
}
