using System.Globalization;
using KiwiBalancer.Demo.Load;
using Spectre.Console;

namespace KiwiBalancer.Demo.Report.Live;

/// <summary>Shows a run on a terminal while it goes on, and takes the user's keys.</summary>
internal sealed class LiveView(ITerminal terminal, TextWriter output) : IRunView, IAsyncDisposable
{
    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource _ended = new();
    private LiveModel? _model;
    private Task _drawing = Task.CompletedTask;

    /// <summary>Says what takes so long before there is anything to see.</summary>
    public void Announce(Sharing sharing) => output.WriteLine($"{sharing.Name}: starting the server and warming up …");

    public TimeSpan SampleEvery(Scenario scenario) => FrameTime;

    public void Started(Scenario scenario, Sharing sharing)
    {
        _model = new LiveModel(scenario, sharing);
        terminal.Open();
        _drawing = DrawAsync(_model, _ended.Token);
    }

    public void Controlled(LoadControl control) => _model!.Control = control;

    public void Changed(string what, TimeSpan at) => _model!.Note(what, at);

    public void Arrived(ClientPlan client, TimeSpan at) => _model!.Note(string.Create(CultureInfo.InvariantCulture, $"{client.Name} arrives"), at);

    public void Finished(ClientPlan client, TimeSpan at) => _model!.Note($"{client.Name} done", at);

    public void Show(RunSample sample) => _model!.Add(sample);

    public void Ended(RunReport report)
    {
        Close();
        new PlainView(output).Ended(report);
    }

    /// <summary>Gives the terminal back, whatever has happened.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        await _drawing;
        _ended.Dispose();
    }

    private void Close()
    {
        _ended.Cancel();
        terminal.Close();
    }

    private async Task DrawAsync(LiveModel model, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(FrameTime / 2, TimeProvider.System);
        while (!cancellationToken.IsCancellationRequested)
        {
            while (model.Frame() is { } before && terminal.TryReadKey(out ConsoleKeyInfo key))
            {
                if (model.Control is { } control)
                {
                    LiveKeys.Obey(Keys.Read(key), before, model, control);
                }
            }

            if (model.Frame() is { } frame)
            {
                terminal.Show(Screen.Draw(frame, terminal.Width, terminal.Height, ColorSystemSupport.Detect));
            }

            Task tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
            await tick.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
