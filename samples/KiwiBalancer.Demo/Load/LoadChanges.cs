using System.Diagnostics;
using KiwiBalancer.Demo.Measuring;

namespace KiwiBalancer.Demo.Load;

/// <summary>What was in force when. Without a user who intervenes it is one limit and one weight a client for the whole run.</summary>
/// <remarks>Written by one thread at a time, read after the run.</remarks>
internal sealed class LoadChanges
{
    private readonly List<InForce> _terms;
    private readonly List<(long At, string Text)> _events = [];
    private readonly bool _weightsCount;
    private int[] _weights;

    public LoadChanges(Scenario scenario, Sharing sharing)
    {
        _weightsCount = sharing.WeightsCount;
        _weights = [.. scenario.Clients.Select(c => c.Weight)];
        _terms = [new InForce(0, scenario.Limit, Effective())];
    }

    /// <summary>What was in force, in order; the first from before the run.</summary>
    public IReadOnlyList<InForce> Terms => _terms;

    /// <summary>Whether anything was changed.</summary>
    public bool Any => _events.Count > 0;

    /// <summary>The weight the client has now, whether or not it counts.</summary>
    public int WeightOf(int client) => _weights[client];

    /// <summary>The limit is another from now on.</summary>
    public void SetLimit(int limit, string text)
    {
        _terms.Add(new InForce(Note(text), limit, Effective()));
    }

    /// <summary>The weight of a client is another from now on.</summary>
    public void SetWeight(int client, int weight, string text)
    {
        _weights = [.. _weights.Select((w, i) => i == client ? weight : w)];
        _terms.Add(new InForce(Note(text), _terms[^1].Limit, Effective()));
    }

    /// <summary>Something else happened.</summary>
    public long Note(string text)
    {
        long now = Stopwatch.GetTimestamp();
        _events.Add((now, text));
        return now;
    }

    public IEnumerable<CourseEvent> Events(long start) => _events.Select(e => new CourseEvent((double)(e.At - start) / Stopwatch.Frequency, e.Text));

    private int[] Effective() => _weightsCount ? _weights : [.. _weights.Select(_ => 1)];
}
