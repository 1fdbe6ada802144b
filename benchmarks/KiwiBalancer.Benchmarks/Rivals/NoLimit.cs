namespace KiwiBalancer.Benchmarks.Rivals;

/// <summary>The floor of every contended path: the work alone. With a token it registers a callback that does nothing, as whoever waits with a token must.</summary>
public sealed class NoLimit : IRival
{
    public async Task CallAsync(int caller, int times, Work? work, CancellationToken cancellationToken)
    {
        for (var i = 0; i < times; i++)
        {
            var registration = cancellationToken.UnsafeRegister(static _ => { }, null);
            if (work is not null)
            {
                await work.RunAsync(cancellationToken);
            }

            registration.Unregister();
        }
    }

    public void Dispose()
    {
    }
}
