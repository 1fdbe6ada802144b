namespace KiwiBalancer.Tests.Support;

/// <summary>A synchronization context of a host that is going down: it takes nothing more.</summary>
internal sealed class RefusingContext : SynchronizationContext
{
    private int _refused;

    public int Refused => Volatile.Read(ref _refused);

    public override void Post(SendOrPostCallback d, object? state)
    {
        Interlocked.Increment(ref _refused);
        throw new InvalidOperationException("The host takes nothing more.");
    }
}
