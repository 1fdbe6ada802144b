using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KiwiBalancer.DependencyInjection;

/// <summary>
/// What has been added for one balancer. It stands in the service collection itself, so that another call for the same balancer finds it; each server leaves a closure over its types, so that
/// a handle for each pair of client and server is registered without reflection, in whichever order they come.
/// </summary>
internal sealed class BalancerServices
{
    private readonly IServiceCollection _services;
    private readonly string _name;
    private readonly HashSet<string> _clients = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, Type> _servers = [];
    private readonly List<Action<string>> _bindings = [];

    private BalancerServices(IServiceCollection services, string name)
    {
        _services = services;
        _name = name;
    }

    private bool IsDefault => _name == Options.DefaultName;

    public static IKiwiBalancerBuilder Add(IServiceCollection services, string name)
    {
        if (Find(services, name) is null)
        {
            new BalancerServices(services, name).AddBalancer();
        }

        return new KiwiBalancerBuilder(services, name);
    }

    public static BalancerServices Of(IKiwiBalancerBuilder builder) => Find(builder.Services, builder.Name)
        ?? throw new InvalidOperationException($"There is no balancer '{builder.Name}' in these services; call AddKiwiBalancer first.");

    /// <summary>A client's key must not be that of another balancer's client.</summary>
    public static void ThrowIfTaken(IServiceCollection services, string balancer, string client)
    {
        var key = Key(balancer, client);
        if (All(services).Any(other => other._name != balancer && other._clients.Contains(key)))
        {
            throw new InvalidOperationException($"Two clients of different balancers would have the key '{key}'. Give one of them, or its balancer, another name.");
        }
    }

    public void AddServer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TServer, TRequest, TResponse>()
        where TServer : class, IServer<TRequest, TResponse>
    {
        var types = typeof(IBalancer<TRequest, TResponse>);
        if (_servers.TryGetValue(types, out var server))
        {
            if (server != typeof(TServer))
            {
                throw new InvalidOperationException(
                    $"Balancer '{_name}' has the server {server} for requests of type {typeof(TRequest)} and responses of type {typeof(TResponse)} already; {typeof(TServer)} needs other types, or another balancer.");
            }

            return;
        }

        _servers.Add(types, typeof(TServer));
        _services.TryAddSingleton<TServer>();
        AddSingleton<IBalancer<TRequest, TResponse>>(provider =>
            new BalancerView<TRequest, TResponse>(BalancerFactory.GetBalancer(provider, _name), BalancerFactory.GetServer<TServer>(provider, _name)));
        _bindings.Add(Bind);
        foreach (var client in _clients)
        {
            Bind(client);
        }

        void Bind(string key) => _services.TryAddKeyedSingleton(key, (provider, _) =>
            provider.GetRequiredKeyedService<IClientHandle>(key).For(BalancerFactory.GetServer<TServer>(provider, _name)));
    }

    public void AddClient(string client, Action<BalancerClientOptions> configure)
    {
        var key = Key(_name, client);
        if (_clients.Contains(key))
        {
            return;
        }

        AddClientKey(client);
        _services.Configure<KiwiBalancerOptions>(_name, options =>
        {
            if (!options.Clients.ContainsKey(client))
            {
                var wanted = new BalancerClientOptions();
                configure(wanted);
                options.Clients.Add(client, wanted);
            }
        });
    }

    /// <summary>Makes a client that the options have, or will have, a keyed service.</summary>
    public void AddClientKey(string client)
    {
        var key = Key(_name, client);
        if (_clients.Contains(key))
        {
            return;
        }

        ThrowIfTaken(_services, _name, client);
        _clients.Add(key);
        _services.TryAddKeyedSingleton(key, (provider, _) => BalancerFactory.GetClient(provider, _name, client));
        foreach (var bind in _bindings)
        {
            bind(key);
        }
    }

    private static string Key(string balancer, string client) => balancer == Options.DefaultName ? client : $"{balancer}/{client}";

    private static BalancerServices? Find(IServiceCollection services, string name) => All(services).FirstOrDefault(added => added._name == name);

    private static IEnumerable<BalancerServices> All(IServiceCollection services) =>
        services.Where(service => service.ServiceType == typeof(BalancerServices)).Select(service => (BalancerServices)service.ImplementationInstance!);

    private void AddBalancer()
    {
        _services.AddSingleton(this);
        _services.AddOptions<KiwiBalancerOptions>(_name).ValidateOnStart();
        _services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KiwiBalancerOptions>, OptionsValidator>());
        if (!IsDefault)
        {
            _services.Configure<KiwiBalancerOptions>(_name, options => options.Name = _name);
        }

        AddSingleton<IBalancer>(provider => BalancerFactory.MakeBalancer(provider, _name));
        AddSingleton(provider => BalancerFactory.GetWeighted(provider, _name));
    }

    /// <summary>Keyed by the balancer's name, or unkeyed for the default one.</summary>
    private void AddSingleton<TService>(Func<IServiceProvider, TService> make)
        where TService : class
    {
        if (IsDefault)
        {
            _services.TryAddSingleton(make);
        }
        else
        {
            _services.TryAddKeyedSingleton(_name, (provider, _) => make(provider));
        }
    }
}
