namespace KiwiBalancer.Tests.Models;

/// <summary>
/// One client of requests of cost 1 at its start full to the limit and with some waiting, in the order of their numbers: what one step after another would make of it.
/// </summary>
internal sealed class RaceModel
{
    private readonly Fate[] _first;
    private readonly int _heldFromTheStart;
    private int _others;

    public RaceModel(int limit, int waiting)
    {
        Limit = limit;
        _first = [.. Enumerable.Repeat(Fate.Held, limit), .. Enumerable.Repeat(Fate.Waiting, waiting)];
        _heldFromTheStart = limit;
    }

    public int Limit { get; private set; }

    /// <summary>The requests that were there from the start.</summary>
    public IReadOnlyList<Fate> First => _first;

    public int InFlight => _first.Count(fate => fate == Fate.Held) + OthersInFlight;

    public int Waiting => _first.Count(fate => fate == Fate.Waiting) + _others - OthersInFlight;

    private int OthersInFlight { get; set; }

    public void Acquire()
    {
        _others++;
        Grant();
    }

    /// <summary>Gives one back that was held from the start; a second time does nothing.</summary>
    public void Release(int request)
    {
        if (request < _heldFromTheStart && _first[request] == Fate.Held)
        {
            _first[request] = Fate.Released;
            Grant();
        }
    }

    public void SetLimit(int limit)
    {
        Limit = limit;
        Grant();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{InFlight} of {Limit}, {Waiting} waiting, first {string.Join(' ', _first)}";

    private void Grant()
    {
        while (Waiting > 0 && InFlight < Limit)
        {
            if (Array.IndexOf(_first, Fate.Waiting) is >= 0 and var next)
            {
                _first[next] = Fate.Held;
            }
            else
            {
                OthersInFlight++;
            }
        }
    }
}
