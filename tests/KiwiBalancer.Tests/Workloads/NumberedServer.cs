using System.Collections.Concurrent;
using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Workloads;

/// <summary>A server whose requests end when the test says so, and not before; with <paramref name="heedsTokens"/> also when they are cancelled.</summary>
internal sealed class NumberedServer(bool heedsTokens = false) : IServer<int, int>
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<int>> _running = new();
    private readonly ConcurrentQueue<int> _started = new();
    private int _most;

    /// <summary>All requests that were ever started, in that order.</summary>
    public int[] Started => [.. _started];

    public int[] Running => [.. _running.Keys.Order()];

    /// <summary>The most that ran at once.</summary>
    public int Most => Volatile.Read(ref _most);

    public ValueTask<int> ProcessAsync(int request, CancellationToken cancellationToken)
    {
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert.True(_running.TryAdd(request, gate), $"Request {request} runs twice at once.");
        for (var most = Most; _running.Count is var now && now > most; most = Most)
        {
            Interlocked.CompareExchange(ref _most, now, most);
        }

        _started.Enqueue(request);
        if (heedsTokens)
        {
            cancellationToken.UnsafeRegister(
                _ =>
                {
                    _running.TryRemove(request, out var _);
                    gate.TrySetCanceled(cancellationToken);
                },
                null);
        }

        return new ValueTask<int>(gate.Task);
    }

    /// <summary>Waits until exactly these run.</summary>
    public void WaitFor(params int[] requests) => Eventually.True(() => Running.SequenceEqual(requests), $"requests {string.Join(", ", requests)} run");

    /// <summary>Answers with ten times the request.</summary>
    public void End(int request) => Take(request).SetResult(request * 10);

    public void Fail(int request, Exception exception) => Take(request).SetException(exception);

    public void EndAll()
    {
        foreach (var request in Running)
        {
            End(request);
        }
    }

    private TaskCompletionSource<int> Take(int request)
    {
        Eventually.True(() => _running.ContainsKey(request), $"request {request} runs");
        Assert.True(_running.TryRemove(request, out var gate));
        return gate;
    }
}
