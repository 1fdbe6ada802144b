using KiwiBalancer.Clients;

namespace KiwiBalancer.Workloads;

/// <summary>The token of a workload's requests that run while the client's own is <paramref name="followed"/>. There is another one when the limit source has called off what ran.</summary>
internal sealed class RunningToken(RunningToken? older, CancellationToken leaving, CancellationToken followed) : IDisposable
{
    private readonly RequestCancellation _both = new(leaving, followed);

    public CancellationToken Token => _both.Token;

    public CancellationToken Followed => followed;

    public RunningToken? Older => older;

    public void Dispose() => _both.Dispose();
}
