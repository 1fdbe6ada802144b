using Microsoft.Extensions.Options;

namespace KiwiBalancer.Health;

/// <summary>The bound of a balancer's backlog as its options have it; after a bad reload, as they last had it.</summary>
internal sealed class BacklogBound(string name, IOptionsMonitor<KiwiBalancerOptions> options)
{
    private int _last;

    public int Read()
    {
        try
        {
            Volatile.Write(ref _last, options.Get(name).MaxQueueLength);
        }
        catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException)
        {
            // The balancer keeps the last good options, and so does this.
        }

        return Volatile.Read(ref _last);
    }
}
