using KiwiBalancer.Demo.Load;
using KiwiBalancer.Demo.Measuring;

namespace KiwiBalancer.Demo.Report.Live;

/// <summary>What is known of a run while it goes on. Safe to call from any thread.</summary>
internal sealed class LiveModel(Scenario scenario, Sharing sharing)
{
    private readonly Lock _lock = new();
    private readonly double _expectedSeconds = scenario.LeastDuration.TotalSeconds;
    private readonly List<CourseEvent> _events = [];
    private readonly List<HistoryPoint> _history = [];
    private RunSample? _sample;
    private double _held;
    private double _slots;
    private int _selected;

    /// <summary>What the user may change; null for nothing.</summary>
    public LoadControl? Control { get; set; }

    public void Note(string what, TimeSpan at)
    {
        lock (_lock)
        {
            new CourseEvent(at.TotalSeconds, what).AddTo(_events);
        }
    }

    public void Add(RunSample sample)
    {
        lock (_lock)
        {
            _history.Add(new HistoryPoint(sample.At.TotalSeconds, [.. sample.Clients.Select(c => c.InFlight)]));

            // Where the limit or the pause changed in between, there is no one number to compare with.
            if (_sample is { IsContended: true } last && sample.IsContended && last.Limit == sample.Limit && Control is not { IsPaused: true })
            {
                _held += sample.SlotSeconds - last.SlotSeconds;
                _slots += sample.Limit * (sample.At - last.At).TotalSeconds;
            }

            _sample = sample;
        }
    }

    public void Select(int client)
    {
        lock (_lock)
        {
            _selected = client;
        }
    }

    /// <summary>Null before the first sample.</summary>
    public LiveFrame? Frame()
    {
        lock (_lock)
        {
            return _sample is null ? null : new LiveFrame
            {
                Strategy = sharing.Name,
                Sample = _sample,
                ExpectedSeconds = _expectedSeconds,
                History = [.. _history],
                Events = [.. _events],
                Utilisation = _slots > 0 ? Math.Min(1, _held / _slots) : null,
                Selected = _selected,
                IsPaused = Control?.IsPaused ?? false,
                WantedLimit = Control?.Limit ?? _sample.Limit,
                MayChange = Control is not null,
            };
        }
    }
}
