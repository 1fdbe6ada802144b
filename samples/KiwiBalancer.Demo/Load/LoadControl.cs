using System.Globalization;
using KiwiBalancer.Demo.Server;

namespace KiwiBalancer.Demo.Load;

/// <summary>What a user may change while a run goes on. Called by one thread.</summary>
internal sealed class LoadControl
{
    private readonly Scenario _scenario;
    private readonly Balancer _balancer;
    private readonly LoadRun _load;
    private readonly LoadChanges _changes;
    private readonly LimitControl _limit;
    private int _added;

    public LoadControl(Scenario scenario, Balancer balancer, ServerConnection server, LoadRun load, LoadChanges changes)
    {
        _scenario = scenario;
        _balancer = balancer;
        _load = load;
        _changes = changes;
        _limit = new LimitControl(scenario.Limit, balancer, server, changes);
    }

    /// <summary>What the user wants the limit to be; both sides get there.</summary>
    public int Limit => _limit.Wanted;

    public bool IsPaused => _limit.IsPaused;

    /// <summary>Takes no more changes of the limit, and ends when the last has been made.</summary>
    public Task FinishAsync() => _limit.FinishAsync();

    /// <summary>Raises or lowers the limit by a tenth of the first.</summary>
    public void ChangeLimit(int steps) =>
        _limit.Want(Math.Clamp(Limit + (steps * Math.Max(1, _scenario.Limit / 10)), 1, LimitControl.Most), IsPaused);

    public void TogglePause() => _limit.Want(Limit, !IsPaused);

    /// <summary>Makes a client's weight about a tenth more or less.</summary>
    public void ChangeWeight(int client, int steps)
    {
        int now = _changes.WeightOf(client);
        int then = Math.Clamp(now + (steps * Math.Max(1, now / 10)), 1, Arguments.ClientArgument.MaxWeight);
        if (then != now && _balancer.TryGetClient(_scenario.Clients[client].Name, out IClientHandle? handle))
        {
            try
            {
                handle.Weight = then;
            }
            catch (ObjectDisposedException)
            {
                // It has sent its last request meanwhile.
                return;
            }

            _changes.SetWeight(client, then, string.Create(CultureInfo.InvariantCulture, $"{handle.Name} weight {then}"));
        }
    }

    /// <summary>Has one more client arrive, if there is one left.</summary>
    public void Add()
    {
        int client = _scenario.PlannedClients + _added;
        if (client < _scenario.Clients.Count && _load.TryAdd(client))
        {
            _added++;
            _changes.Intervene();
        }
    }

    /// <summary>Removes a client: what waits is rejected, what runs ends as usual.</summary>
    public void Remove(int client)
    {
        if (_balancer.TryGetClient(_scenario.Clients[client].Name, out IClientHandle? handle))
        {
            _changes.Note($"{handle.Name} removed");
            _load.Remove(client);
            handle.Dispose();
        }
    }

    /// <summary>Removes all clients, so that the run is over as soon as what runs has ended.</summary>
    public void Quit()
    {
        _changes.Note("ended by you");
        _load.Stop();
        for (int client = 0; client < _scenario.Clients.Count; client++)
        {
            if (_balancer.TryGetClient(_scenario.Clients[client].Name, out IClientHandle? handle))
            {
                handle.Dispose();
            }
        }
    }
}
