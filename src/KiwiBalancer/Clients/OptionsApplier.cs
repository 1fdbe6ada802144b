using KiwiBalancer.Granting;

namespace KiwiBalancer.Clients;

/// <summary>Applies options to a running balancer: only what differs from the options applied last, so that what was set in code since is not undone.</summary>
internal sealed class OptionsApplier
{
    private readonly ClientRegistry _registry;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ClientSettings> _clients = new(StringComparer.Ordinal);
    private readonly string _name;
    private readonly BalancerStrategy _strategy;

    public OptionsApplier(ClientRegistry registry, KiwiBalancerOptions options)
    {
        _registry = registry;
        _name = options.Name;
        _strategy = options.Strategy;
        ApplyClients(options);
    }

    /// <summary>Applies checked options.</summary>
    public void Apply(KiwiBalancerOptions options)
    {
        if (options.Name != _name)
        {
            throw new ArgumentException($"The name of balancer '{_name}' cannot change to '{options.Name}'; leave it as it is, or make another balancer.", nameof(options));
        }

        if (options.Strategy != _strategy)
        {
            throw new ArgumentException($"The strategy of balancer '{_name}' is {_strategy} and cannot change to {options.Strategy}; make another balancer.", nameof(options));
        }

        lock (_lock)
        {
            foreach (var name in options.Clients.Keys)
            {
                if (!_clients.ContainsKey(name) && _registry.TryGet(name, out _))
                {
                    throw new ArgumentException($"Clients['{name}'] is new, but a client of that name was registered in code. Choose another name.", nameof(options));
                }
            }

            var engine = _registry.Engine;
            var before = engine.Settings;
            var after = BalancerSettings.From(options, engine.TimeProvider);

            // The limit first: what follows may throw, because a client is refused or the host's log fails, and settings that count as applied are not applied again.
            if (after.Limit != before.Limit)
            {
                engine.SetLimit(after.Limit);
            }

            // What has arrived is judged by the bounds in force when it did, and some of it may not have been read yet.
            engine.Loop.Run(engine.NowOrLast());
            engine.Settings = after;
            if (after.QueueTimeout != before.QueueTimeout)
            {
                foreach (var client in _registry.All)
                {
                    client.OnTimeoutChanged();
                }
            }

            if (after.TurnRules != before.TurnRules && engine.Policy is SingleClientPolicy policy)
            {
                policy.Rules = after.TurnRules;
                engine.Loop.Run(engine.NowOrLast());
            }

            ApplyClients(options);
        }
    }

    private void ApplyClients(KiwiBalancerOptions options)
    {
        foreach (var name in _clients.Keys.Except(options.Clients.Keys, StringComparer.Ordinal).ToArray())
        {
            _clients.Remove(name);
            if (_registry.TryGet(name, out var client))
            {
                // Takes no more; what it has accepted goes on.
                client.Close();
            }
        }

        foreach (var (name, wanted) in options.Clients)
        {
            var settings = ClientSettings.From(name, wanted);
            if (_clients.TryGetValue(name, out var applied) && applied == settings)
            {
                continue;
            }

            if (applied is not null && _registry.TryGet(name, out var client))
            {
                client.Reconfigure(settings.ToOptions());
            }
            else
            {
                _registry.Add(settings.ToOptions());
            }

            _clients[name] = settings;
        }
    }
}
