extern alias bare;

namespace KiwiBalancer.Benchmarks.Rivals;

/// <summary>Ours, compiled without telemetry: the same callers, in the other assembly. One call here is a thousand requests there.</summary>
public sealed class WithoutTelemetry(bare::KiwiBalancer.Benchmarks.Rivals.IRival ours) : IRival
{
    public static IRival Lease(int limit) => new WithoutTelemetry(new bare::KiwiBalancer.Benchmarks.Rivals.KiwiLease(limit, clients: 1));

    public static IRival Send(int limit) => new WithoutTelemetry(new bare::KiwiBalancer.Benchmarks.Rivals.KiwiSend(limit, clients: 1));

    public Task CallAsync(int caller, int times, Work? work, CancellationToken cancellationToken) =>
        ours.CallAsync(caller, times, work is null ? null : bare::KiwiBalancer.Benchmarks.Rivals.Work.Yield, cancellationToken);

    public void Dispose() => ours.Dispose();
}
