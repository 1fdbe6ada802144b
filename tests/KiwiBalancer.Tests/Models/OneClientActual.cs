using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Models;

/// <summary>The same as <see cref="OneClientModel"/>, by the public API.</summary>
internal sealed class OneClientActual : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Balancer _balancer;
    private readonly IClientHandle _client;
    private readonly List<Pending?> _requests = [];
    private readonly List<CancellationTokenSource> _sources = [];
    private readonly List<bool> _areReleased = [];

    public OneClientActual(OneClientSettings settings)
    {
        _balancer = NewBalancer.Of(settings.Strategy, settings.ToOptions(), _time);
        _client = _balancer.TryGetClient("a", out var client) ? client : throw new InvalidOperationException("The client in the options was not registered.");
    }

    public int Limit => _balancer.Limit;

    public (int InFlight, int Waiting) Client => (_client.InFlight, _client.Waiting);

    public BalancerSnapshot Snapshot => _balancer.GetSnapshot();

    public IEnumerable<Fate> Fates => Enumerable.Range(0, _requests.Count).Select(FateOf);

    public void Do(Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Acquire:
                var source = new CancellationTokenSource();
                Add(Pending.Of(_client, step.Number, source.Token), source);
                break;
            case StepKind.TryAcquire:
                Add(_client.TryAcquire(step.Number, out var lease) ? new Pending(new ValueTask<SlotLease>(lease)) : null, new CancellationTokenSource());
                break;
            case StepKind.Release:
                if (Choose(Fate.Held, step.Number) is { } held)
                {
                    _areReleased[held] = true;
                    _requests[held]!.Release();
                }

                break;
            case StepKind.Cancel:
                if (Choose(Fate.Waiting, step.Number) is { } waiting)
                {
                    _sources[waiting].Cancel();
                }

                break;
            case StepKind.SetLimit:
                _balancer.Limit = step.Number;
                break;
            case StepKind.SetCap:
                _client.Reconfigure(new BalancerClientOptions { MaxInFlight = step.Number });
                break;
            case StepKind.Advance:
                // A jump would look like a timer that is late: requests that it skips could have been granted meanwhile.
                for (var half = 0; half < 2 * step.Number; half++)
                {
                    _time.Advance(OneClientSettings.Tick / 2);
                }

                break;
        }
    }

    public void Dispose()
    {
        _balancer.Limit = int.MaxValue;
        _client.Reconfigure(new BalancerClientOptions());
        for (var i = 0; i < _requests.Count; i++)
        {
            if (FateOf(i) == Fate.Held)
            {
                _requests[i]!.Release();
            }
        }

        Integrity.Check(_balancer);
        _balancer.Dispose();
        _sources.ForEach(source => source.Dispose());
    }

    private void Add(Pending? request, CancellationTokenSource source)
    {
        _requests.Add(request);
        _sources.Add(source);
        _areReleased.Add(false);
    }

    private int? Choose(Fate fate, int number)
    {
        var those = Enumerable.Range(0, _requests.Count).Where(i => FateOf(i) == fate).ToArray();
        return those.Length == 0 ? null : those[number % those.Length];
    }

    private Fate FateOf(int request) => _requests[request] switch
    {
        null => Fate.Refused,
        { IsAnswered: false } => Fate.Waiting,
        { IsCancelled: true } => Fate.Cancelled,
        { Reason: RejectionReason.QueueFull } => Fate.QueueFull,
        { Reason: RejectionReason.QueueTimeout } => Fate.TimedOut,
        { IsHeld: true } => Fate.Held,
        _ => _areReleased[request] ? Fate.Released : throw new InvalidOperationException($"Request {request} is neither held nor was it released."),
    };
}
