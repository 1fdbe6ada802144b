using System.Runtime.CompilerServices;

namespace KiwiBalancer.Lab.Scale;

/// <summary>A place in the backlog: asks for a slot, and says when it is granted.</summary>
internal sealed class Place
{
    private readonly IClientHandle _client;
    private readonly Action _onGranted;
    private ConfiguredValueTaskAwaitable<SlotLease>.ConfiguredValueTaskAwaiter _awaiter;

    public Place(IClientHandle client, Queue<Place> granted)
    {
        _client = client;
        _onGranted = () =>
        {
            lock (granted)
                granted.Enqueue(this);
        };
    }

    public void Ask()
    {
#pragma warning disable CA2012 // Kept until Take, which asks for the result once.
        _awaiter = _client.AcquireAsync().ConfigureAwait(false).GetAwaiter();
#pragma warning restore CA2012
        _awaiter.UnsafeOnCompleted(_onGranted);
    }

    public SlotLease Take() => _awaiter.GetResult();
}
