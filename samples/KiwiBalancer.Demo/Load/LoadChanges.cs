using System.Diagnostics;
using KiwiBalancer.Demo.Measuring;

namespace KiwiBalancer.Demo.Load;

/// <summary>What was in force when. Without a user who intervenes it is one limit and one weight a client for the whole run.</summary>
internal sealed class LoadChanges
{
    private readonly Lock _lock = new();
    private readonly bool _weightsCount;
    private InForce[] _terms;
    private (long At, string Text)[] _events = [];
    private int[] _weights;

    public LoadChanges(Scenario scenario, Sharing sharing)
    {
        _weightsCount = sharing.WeightsCount;
        _weights = [.. scenario.Clients.Select(c => c.Weight)];
        _terms = [new InForce(0, scenario.Limit, Effective())];
    }

    /// <summary>Called for whatever happens, with what to show.</summary>
    public Action<string>? Happened { get; set; }

    /// <summary>What was in force, in order; the first from before the run.</summary>
    public IReadOnlyList<InForce> Terms => Volatile.Read(ref _terms);

    /// <summary>Whether the user changed anything.</summary>
    public bool Any { get; private set; }

    /// <summary>The weight the client has now, whether or not it counts.</summary>
    public int WeightOf(int client) => Volatile.Read(ref _weights)[client];

    /// <summary>The limit is another from now on.</summary>
    public void SetLimit(int limit, string text) => Change(text, now => new InForce(now, limit, Effective()));

    /// <summary>The weight of a client is another from now on.</summary>
    public void SetWeight(int client, int weight, string text) => Change(text, now =>
    {
        _weights = [.. _weights.Select((w, i) => i == client ? weight : w)];
        return new InForce(now, _terms[^1].Limit, Effective());
    });

    /// <summary>Something else happened.</summary>
    public void Note(string text) => Change(text, _ => null);

    /// <summary>The user changed something that shows by itself.</summary>
    public void Intervene() => Any = true;

    public IEnumerable<CourseEvent> Events(long start)
    {
        var events = new List<CourseEvent>();
        foreach ((long at, string text) in _events)
        {
            new CourseEvent((double)(at - start) / Stopwatch.Frequency, text).AddTo(events);
        }

        return events;
    }

    private void Change(string text, Func<long, InForce?> term)
    {
        lock (_lock)
        {
            Any = true;
            long now = Stopwatch.GetTimestamp();
            _events = [.. _events, (now, text)];
            if (term(now) is { } next)
            {
                _terms = [.. _terms, next];
            }
        }

        Happened?.Invoke(text);
    }

    private int[] Effective() => _weightsCount ? _weights : [.. _weights.Select(_ => 1)];
}
