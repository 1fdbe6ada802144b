using System.Threading.Tasks.Sources;

namespace KiwiBalancer.Tests.Requests;

/// <summary>A value task source that is used again, as high-throughput servers do; it counts how often its result was taken.</summary>
internal sealed class PooledSource : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    private int _taken;

    public int Taken => Volatile.Read(ref _taken);

    public ValueTask<int> Task => new(this, _core.Version);

    public void SetResult(int result) => _core.SetResult(result);

    public int GetResult(short token)
    {
        Interlocked.Increment(ref _taken);
        var result = _core.GetResult(token);
        _core.Reset();
        return result;
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
