using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace KiwiBalancer.Benchmarks.Goals;

/// <summary>Somebody listens to all of the meter and the activity source, until disposed, and does nothing with what is heard.</summary>
public sealed class Listeners : IDisposable
{
    private const string Name = "KiwiBalancer";

    private readonly MeterListener _measurements = new();
    private readonly ActivityListener _spans = new()
    {
        ShouldListenTo = static source => source.Name == Name,
        Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public Listeners()
    {
        _measurements.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _measurements.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        _measurements.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        _measurements.Start();
        ActivitySource.AddActivityListener(_spans);
    }

    public void Dispose()
    {
        _spans.Dispose();
        _measurements.Dispose();
    }
}
