using System.Diagnostics.Metrics;

namespace KiwiBalancer.Fleet.Nodes;

/// <summary>How many reports this process has sent to the engine, from the package's own metrics.</summary>
internal sealed class ReportCount : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _count;

    public ReportCount()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "kiwibalancer.redis.reports")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, number, _, _) => Interlocked.Add(ref _count, number));
        _listener.Start();
    }

    public long Value => Volatile.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
