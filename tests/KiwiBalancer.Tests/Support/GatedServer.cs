using System.Collections.Concurrent;

namespace KiwiBalancer.Tests.Support;

/// <summary>A server whose requests, told apart by number, run until the test ends them; the answer is the number. It heeds its token unless told not to.</summary>
internal sealed class GatedServer : IServer<int, int>
{
    private readonly ConcurrentDictionary<int, Gate> _gates = new();
    private int _running;

    public bool IgnoresToken { get; init; }

    /// <summary>The server's own count.</summary>
    public int Running => Volatile.Read(ref _running);

    public bool HasSeen(int request) => _gates.TryGetValue(request, out var gate) && gate.Entered.Task.IsCompleted;

    /// <summary>The token that the server was given with a request, once it has come.</summary>
    public Task<CancellationToken> Entered(int request) => GateOf(request).Entered.Task.Within();

    public void Finish(int request) => GateOf(request).Answer.TrySetResult(request);

    public void Fail(int request, Exception exception) => GateOf(request).Answer.TrySetException(exception);

    public async ValueTask<int> ProcessAsync(int request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _running);
        try
        {
            var gate = GateOf(request);
            gate.Entered.SetResult(cancellationToken);
            return await (IgnoresToken ? gate.Answer.Task : gate.Answer.Task.WaitAsync(cancellationToken));
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private Gate GateOf(int request) => _gates.GetOrAdd(request, static _ => new Gate());

    private sealed class Gate
    {
        public TaskCompletionSource<CancellationToken> Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<int> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
