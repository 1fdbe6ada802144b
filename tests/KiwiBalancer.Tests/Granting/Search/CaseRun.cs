using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Tests.Granting.Search;

/// <summary>Plays a case.</summary>
internal sealed class CaseRun
{
    private readonly FairnessCase _case;
    private readonly Judge _judge;
    private readonly GrantSimulation _simulation;
    private readonly SimulatedClient[] _clients;
    private readonly bool[] _isPresent;
    private readonly bool[] _isNew;

    public CaseRun(FairnessCase @case)
    {
        _case = @case;
        _simulation = new GrantSimulation(@case.Limit, @case.Seed, room: @case.Room);
        _clients = [.. @case.Clients.Select(Add)];
        _isPresent = [.. _clients.Select((_, i) => @case.IsThereAtFirst(i))];
        _isNew = [.. _isPresent.Select(present => !present)];
        _judge = new Judge(@case, _simulation, _clients);
    }

    public Judge Judge => _judge;

    public long Events => _simulation.Events;

    /// <summary>Null, or the promise that was broken and by how much.</summary>
    public string? Play()
    {
        for (var i = 0; i < _case.Outstanding; i++)
        {
            foreach (var client in _clients.Where((_, i) => _isPresent[i]))
                _simulation.Keep(client, 1);
        }

        _judge.Follow(0);
        _judge.WatchQuota();
        var isSettled = true;
        foreach (var change in _case.Changes)
        {
            Make(change);
            if (change.Then == Pause.Short)
                _judge.Follow(0.5);
            else if (change.Then == Pause.UntilSettled)
                Watch(change, isSettled);
            isSettled = change.Then == Pause.UntilSettled;
            if (_judge.Verdict is not null)
                return _judge.Verdict;
        }

        _judge.WatchQuota();
        if (_case.IsLong)
            _judge.WatchError();
        if (_judge.Verdict is null)
            End();
        return _judge.Verdict;
    }

    private SimulatedClient Add(ClientCase from)
    {
        var client = _simulation.Add(from.Weight);
        client.Duration = from.Duration();
        client.Cost = _ => from.Cost;
        return client;
    }

    private void Watch(Change change, bool wasSettled)
    {
        var index = change.Client % _clients.Length;
        if (change.Kind == ChangeKind.Presence && _isPresent[index] && wasSettled && _isNew[index])
            _judge.WatchNewcomer(_clients[index]);
        _isNew[index] &= !_isPresent[index];
        _judge.WatchQuota();
    }

    private void Make(Change change)
    {
        var index = change.Client % _clients.Length;
        var client = _clients[index];
        switch (change.Kind)
        {
            case ChangeKind.Presence:
                _isPresent[index] = !_isPresent[index];
                if (_isPresent[index])
                    Arrive(client);
                else
                    _simulation.Leave(client);
                break;
            case ChangeKind.Weight:
                _simulation.Change(client, change.Value, client.Cap);
                break;
            case ChangeKind.Cap:
                _simulation.Change(client, client.Weight, Math.Max(change.Value, _case.MaxCost));
                break;
            case ChangeKind.Limit:
                _simulation.SetLimit(change.Value);
                break;
            case ChangeKind.Cancel when _isPresent[index]:
                _simulation.Leave(client);
                Arrive(client);
                break;
            case ChangeKind.Visitor:
                Visit(change.Client + 1, change.Value);
                break;
            case ChangeKind.Crowd:
                for (var i = 0; i < change.Value; i++)
                    _simulation.At(_simulation.Now + (0.3 * i), () => Visit(change.Client + 1, 1));
                _judge.CrowdUntil = Math.Max(_judge.CrowdUntil, _simulation.Now + (0.3 * change.Value));
                break;
        }
    }

    // Those of its requests that still run go on with their loop when they end: some more outstanding, which changes nothing.
    private void Arrive(SimulatedClient client)
    {
        client.Left = long.MaxValue;
        _simulation.Keep(client, _case.Outstanding);
        _judge.Follow(0);
    }

    private void Visit(int weight, int requests)
    {
        var visitor = _simulation.Add(weight);
        for (var i = 0; i < requests; i++)
            _simulation.Send(visitor);
    }

    // Nobody sends any more: what is left runs, and nothing stays behind.
    private void End()
    {
        foreach (var client in _clients)
            client.Left = 0;
        _simulation.SetLimit(Math.Max(_simulation.Limit, _case.MaxCost));
        _simulation.RunToEnd();
        _judge.CheckEmpty();
    }
}
