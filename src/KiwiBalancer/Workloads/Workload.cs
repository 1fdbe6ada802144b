using KiwiBalancer.Clients;

namespace KiwiBalancer.Workloads;

/// <summary>What a call of <c>SendAllAsync</c> asked for. Each enumeration of it is a <see cref="WorkloadRun{TRequest, TResponse}"/> of its own.</summary>
internal sealed class Workload<TRequest, TResponse> : IAsyncEnumerable<SendResult<TRequest, TResponse>>
{
    public Workload(BoundClientHandle<TRequest, TResponse> handle, IAsyncEnumerable<TRequest> requests, SendAllOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        if (options?.MaxOutstanding < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.MaxOutstanding, $"{nameof(options.MaxOutstanding)} must be 1 or more, or null for the limit.");
        }

        handle.Client.ThrowIfClosed();
        Handle = handle;
        Requests = requests;
        MaxOutstanding = options?.MaxOutstanding;
        ContinueOnError = options?.ContinueOnError ?? false;
        CancellationToken = cancellationToken;
    }

    public BoundClientHandle<TRequest, TResponse> Handle { get; }

    public IAsyncEnumerable<TRequest> Requests { get; }

    public int? MaxOutstanding { get; }

    public bool ContinueOnError { get; }

    public CancellationToken CancellationToken { get; }

    public async IAsyncEnumerator<SendResult<TRequest, TResponse>> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var run = new WorkloadRun<TRequest, TResponse>(this, cancellationToken);

        // Whatever the reason for leaving: nothing of this enumeration runs on after it.
        await using (run.ConfigureAwait(false))
        {
            run.Start();
            while (await run.WaitToReadAsync().ConfigureAwait(false))
            {
                while (run.TryRead(out var result))
                {
                    yield return result;
                }
            }

            run.ThrowIfIncomplete();
        }
    }
}
