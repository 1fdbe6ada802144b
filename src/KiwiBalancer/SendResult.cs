using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace KiwiBalancer;

/// <summary>How one request of a workload ended. Immutable; it holds no slot.</summary>
/// <typeparam name="TRequest">What was sent.</typeparam>
/// <typeparam name="TResponse">What the server answers.</typeparam>
[StructLayout(LayoutKind.Auto)]
public readonly struct SendResult<TRequest, TResponse>
{
    private readonly TResponse _response;

    internal SendResult(TRequest request, long index, TResponse response)
    {
        Request = request;
        Index = index;
        _response = response;
    }

    internal SendResult(TRequest request, long index, Exception error)
    {
        Request = request;
        Index = index;
        Error = error;
        _response = default!;
    }

    /// <summary>The request.</summary>
    public TRequest Request { get; }

    /// <summary>The position of the request in its workload, from 0. Results come as they finish, so it says which one this is.</summary>
    public long Index { get; }

    /// <summary>The server's response.</summary>
    /// <remarks>If there is none, because the request failed, <see cref="Error"/> is thrown: a failure that nobody looks at is not taken for an answer.</remarks>
    public TResponse Response
    {
        get
        {
            if (Error is { } error)
            {
                ExceptionDispatchInfo.Throw(error);
            }

            return _response;
        }
    }

    /// <summary>Why there is no response: what the server threw, or a <see cref="BalancerRejectedException"/> at shutdown; null if there is one.</summary>
    public Exception? Error { get; }

    /// <summary>Whether the server answered.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <inheritdoc/>
    public override string ToString() => IsSuccess ? $"#{Index}: {_response}" : $"#{Index}: {Error.GetType().Name}: {Error.Message}";
}
