using System.Threading.Channels;

namespace KiwiBalancer.Redis.Node;

/// <summary>Wakes one sleeper. However often it is rung while he is awake, he wakes once more.</summary>
internal sealed class Bell(TimeProvider timeProvider)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Ring() => _rings.Writer.TryWrite(true);

    /// <summary>Sleeps until it rings or the time is over.</summary>
    public async Task SleepAsync(TimeSpan time)
    {
        if (time <= TimeSpan.Zero)
        {
            _rings.Reader.TryRead(out _);
            return;
        }

        using var alarm = new CancellationTokenSource(time < Longest ? time : Longest, timeProvider);
        try
        {
            await _rings.Reader.ReadAsync(alarm.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (alarm.IsCancellationRequested)
        {
            // Overslept.
        }
    }
}
