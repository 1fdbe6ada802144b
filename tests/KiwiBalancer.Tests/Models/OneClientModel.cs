namespace KiwiBalancer.Tests.Models;

/// <summary>
/// What the library promises one client, in the plainest words: a list of requests in the order in which they were sent. The first that waits and may ever be granted under the limit and the cap in force is granted as soon
/// as it fits; those behind it wait for it.
/// </summary>
internal sealed class OneClientModel(OneClientSettings settings)
{
    private readonly List<Fate> _fates = [];
    private readonly List<int> _costs = [];
    private readonly List<TimeSpan> _deadlines = [];
    private int? _cap = settings.Cap;
    private TimeSpan _now;

    public int Limit { get; private set; } = settings.Limit;

    public IReadOnlyList<Fate> Fates => _fates;

    public int InFlight => Indices(Fate.Held).Sum(i => _costs[i]);

    public int Waiting => Indices(Fate.Waiting).Count();

    public void Do(Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Acquire:
                Acquire(step.Number);
                break;
            case StepKind.TryAcquire:
                Add(step.Number, IsBlocked || !Fits(step.Number) ? Fate.Refused : Fate.Held);
                break;
            case StepKind.Release:
                End(Fate.Held, step.Number, Fate.Released);
                break;
            case StepKind.Cancel:
                End(Fate.Waiting, step.Number, Fate.Cancelled);
                break;
            case StepKind.SetLimit:
                Limit = step.Number;
                break;
            case StepKind.SetCap:
                _cap = step.Number;
                break;
            case StepKind.Advance:
                Advance(_now + (step.Number * OneClientSettings.Tick));
                break;
        }

        Grant();
    }

    /// <summary>Whether somebody waits who must not be overtaken.</summary>
    private bool IsBlocked => Indices(Fate.Waiting).Any(i => IsEligible(_costs[i]));

    private bool IsEligible(int cost) => cost <= Limit && cost <= (_cap ?? int.MaxValue);

    private bool Fits(int cost) => InFlight + cost <= Limit && InFlight + cost <= (_cap ?? int.MaxValue);

    private IEnumerable<int> Indices(Fate fate) => Enumerable.Range(0, _fates.Count).Where(i => _fates[i] == fate);

    private void Add(int cost, Fate fate)
    {
        _costs.Add(cost);
        _fates.Add(fate);
        _deadlines.Add(settings.HasTimeout ? _now + OneClientSettings.Timeout : TimeSpan.MaxValue);
    }

    private void Acquire(int cost)
    {
        Add(cost, Fate.Waiting);
        Grant();
        if (Waiting > settings.MaxQueueLength)
        {
            var victim = settings.OverflowPolicy == OverflowPolicy.RejectNewest ? Indices(Fate.Waiting).Last() : Indices(Fate.Waiting).First();
            _fates[victim] = Fate.QueueFull;
        }
    }

    private void End(Fate from, int number, Fate to)
    {
        var those = Indices(from).ToArray();
        if (those.Length > 0)
        {
            _fates[those[number % those.Length]] = to;
        }
    }

    private void Grant()
    {
        while (Indices(Fate.Waiting).Where(i => IsEligible(_costs[i])).Cast<int?>().FirstOrDefault() is { } first && Fits(_costs[first]))
        {
            _fates[first] = Fate.Held;
        }
    }

    private void Advance(TimeSpan to)
    {
        _now = to;

        // One after another: the end of one wait may be what the next has waited for.
        while (Indices(Fate.Waiting).Where(i => _deadlines[i] <= _now).Cast<int?>().FirstOrDefault() is { } late)
        {
            foreach (var i in Indices(Fate.Waiting).Where(i => _deadlines[i] == _deadlines[late]).ToArray())
            {
                _fates[i] = Fate.TimedOut;
            }

            Grant();
        }
    }
}
