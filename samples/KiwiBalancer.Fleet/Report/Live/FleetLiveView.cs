using KiwiBalancer.Demo.Measuring;
using KiwiBalancer.Demo.Report.Live;
using Spectre.Console;

namespace KiwiBalancer.Fleet.Report.Live;

/// <summary>Shows a fleet on a terminal while it runs, and takes the user's keys.</summary>
internal sealed class FleetLiveView(ITerminal terminal, double expectedSeconds) : IFleetView, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly List<CourseEvent> _events = [];
    private readonly List<HistoryPoint> _history = [];
    private Task _drawing = Task.CompletedTask;
    private FleetSample? _sample;
    private FleetControl? _control;
    private string _title = "";
    private int _selected;

    public TimeSpan SampleEvery => TimeSpan.FromMilliseconds(100);

    public void Started(string what)
    {
        _title = what.Split(':')[0];
        terminal.Open();
        _drawing = DrawAsync(_ended.Token);
    }

    public void Controlled(FleetControl control) => Volatile.Write(ref _control, control);

    public void Happened(string what, TimeSpan at)
    {
        lock (_lock)
        {
            new CourseEvent(at.TotalSeconds, what).AddTo(_events);
        }
    }

    public void Show(FleetSample sample)
    {
        lock (_lock)
        {
            _sample = sample;
            _history.Add(new HistoryPoint(sample.At.TotalSeconds, [.. sample.Server.ByClient.Take(sample.Nodes.Count)]));
        }
    }

    /// <summary>Gives the terminal back, whatever has happened.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        terminal.Close();
        await _drawing;
        _ended.Dispose();
    }

    private async Task DrawAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SampleEvery / 2, TimeProvider.System);
        while (!cancellationToken.IsCancellationRequested)
        {
            while (Volatile.Read(ref _control) is { } control && terminal.TryReadKey(out ConsoleKeyInfo key))
            {
                Obey(key, control);
            }

            if (Frame() is { } frame)
            {
                terminal.Show(Screen.Draw(FleetScreen.Lines(frame, terminal.Width, terminal.Height), terminal.Width, terminal.Height, ColorSystemSupport.Detect));
            }

            Task tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
            await tick.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private FleetFrame? Frame()
    {
        lock (_lock)
        {
            if (_sample is null)
            {
                return null;
            }

            _selected = Math.Clamp(_selected, 0, Math.Max(0, _sample.Nodes.Count - 1));
            return new FleetFrame(_title, _sample, _selected, expectedSeconds, [.. _history], [.. _events]);
        }
    }

    private void Obey(ConsoleKeyInfo key, FleetControl control)
    {
        switch (key)
        {
            case { Key: ConsoleKey.UpArrow }:
                _selected--;
                break;
            case { Key: ConsoleKey.DownArrow }:
                _selected++;
                break;
            case { KeyChar: 'k' }:
                control.KillOrStart(Math.Max(0, _selected));
                break;
            case { KeyChar: 'p' }:
                control.Pause(Math.Max(0, _selected));
                break;
            case { KeyChar: 'l' }:
                control.Leave(Math.Max(0, _selected));
                break;
            case { KeyChar: 'a' }:
                control.Add();
                break;
            case { KeyChar: '+' or '=' }:
                control.ChangeLimit(1);
                break;
            case { KeyChar: '-' or '_' }:
                control.ChangeLimit(-1);
                break;
            case { KeyChar: 'e' }:
                control.RestartEngine();
                break;
            case { KeyChar: 'q' } or { Key: ConsoleKey.Escape }:
                control.Quit();
                break;
        }
    }
}
