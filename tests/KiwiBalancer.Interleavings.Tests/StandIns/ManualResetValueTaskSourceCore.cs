using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using KiwiBalancer.Interleavings.Tests.Exploring;

namespace System.Threading.Tasks.Sources;

/// <summary>Stands in for the framework's type of this name: completing is a step, completing twice and asking with a stale version are findings, and continuations go to the stand-in of the pool.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct ManualResetValueTaskSourceCore<TResult>
{
    private Action<object?>? _continuation;
    private object? _state;
    private TResult? _result;
    private ExceptionDispatchInfo? _error;
    private bool _isCompleted;

    public bool RunContinuationsAsynchronously { readonly get; set; }

    public short Version { readonly get; private set; }

    public void Reset()
    {
        Version++;
        _isCompleted = false;
        _continuation = null;
        _state = null;
        _result = default;
        _error = null;
    }

    public void SetResult(TResult result)
    {
        Complete("SetResult");
        _result = result;
        Continue();
    }

    public void SetException(Exception error)
    {
        Complete("SetException");
        _error = ExceptionDispatchInfo.Capture(error);
        Continue();
    }

    public readonly ValueTaskSourceStatus GetStatus(short token)
    {
        Validate(token);
        return !_isCompleted ? ValueTaskSourceStatus.Pending
            : _error is null ? ValueTaskSourceStatus.Succeeded
            : _error.SourceException is OperationCanceledException ? ValueTaskSourceStatus.Canceled : ValueTaskSourceStatus.Faulted;
    }

    public readonly TResult GetResult(short token)
    {
        Validate(token);
        _error?.Throw();
        return _result!;
    }

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        Validate(token);
        _continuation = continuation;
        _state = state;
        if (_isCompleted)
        {
            Continue();
        }
    }

    private readonly void Complete(string call)
    {
        Scheduler.Call(call, "Result");
        if (_isCompleted)
        {
            Scheduler.Fail("A waiter is completed twice.");
        }
    }

    private void Continue()
    {
        _isCompleted = true;
        if (_continuation is { } continuation)
        {
            var state = _state;
            _continuation = null;
            Scheduler.Queue(() => continuation(state));
        }
    }

    private readonly void Validate(short token)
    {
        if (token != Version)
        {
            Scheduler.Fail("A waiter is asked for the result of somebody else.");
        }
    }
}
