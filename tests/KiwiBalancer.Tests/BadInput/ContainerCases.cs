using KiwiBalancer.DependencyInjection;
using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static KiwiBalancer.Tests.BadInput.BadInputCase;

namespace KiwiBalancer.Tests.BadInput;

/// <summary>What registers with a container. A refused call has registered nothing.</summary>
internal static class ContainerCases
{
    private const string Add = "KiwiBalancerServiceCollectionExtensions.AddKiwiBalancer(services)";
    private const string AddSection = "KiwiBalancerServiceCollectionExtensions.AddKiwiBalancer(services, section)";
    private const string AddOptions = "KiwiBalancerServiceCollectionExtensions.AddKiwiBalancer(services, configure)";
    private const string AddName = "KiwiBalancerServiceCollectionExtensions.AddKiwiBalancer(services, name)";
    private const string AddNameSection = "KiwiBalancerServiceCollectionExtensions.AddKiwiBalancer(services, name, section)";
    private const string AddNameOptions = "KiwiBalancerServiceCollectionExtensions.AddKiwiBalancer(services, name, configure)";
    private const string Server = "KiwiBalancerBuilderExtensions.AddServer<TServer, TRequest, TResponse>(builder)";
    private const string Client = "KiwiBalancerBuilderExtensions.AddClient(builder, name)";
    private const string ClientWeight = "KiwiBalancerBuilderExtensions.AddClient(builder, name, weight)";
    private const string ClientOptions = "KiwiBalancerBuilderExtensions.AddClient(builder, name, configure)";

    private static readonly string[] Empty = ["'Kiwy' is empty", "Limit", "Check the section's name"];
    private static readonly string[] SameKey = ["'gpu/taken'", "another name"];

    public static IEnumerable<BadInputCase> All =>
    [
        Null(Add, "services", _ => Nobody.AddKiwiBalancer()),
        Null(AddSection, "services", _ => Nobody.AddKiwiBalancer(BadInputScene.Section("b"))),
        Null(AddSection, "section", scene => scene.Services.AddKiwiBalancer((IConfiguration)null!)),
        Wrong(AddSection, "an empty section", "section", Empty, scene => scene.Services.AddKiwiBalancer(BadInputScene.EmptySection)),
        Conflict(AddSection, "a client whose key is taken", SameKey, scene => scene.Services.AddKiwiBalancer(BadInputScene.Section("gpu/taken"))),
        Null(AddOptions, "services", _ => Nobody.AddKiwiBalancer(_ => { })),
        Null(AddOptions, "configure", scene => scene.Services.AddKiwiBalancer((Action<KiwiBalancerOptions>)null!)),
        .. Names(AddName, (scene, name) => scene.Services.AddKiwiBalancer(name)),
        Null(AddName, "services", _ => Nobody.AddKiwiBalancer("b")),
        .. Names(AddNameSection, (scene, name) => scene.Services.AddKiwiBalancer(name, BadInputScene.Section("b"))),
        Null(AddNameSection, "services", _ => Nobody.AddKiwiBalancer("b", BadInputScene.Section("b"))),
        Null(AddNameSection, "section", scene => scene.Services.AddKiwiBalancer("b", (IConfiguration)null!)),
        Wrong(AddNameSection, "an empty section", "section", Empty, scene => scene.Services.AddKiwiBalancer("b", BadInputScene.EmptySection)),
        .. Names(AddNameOptions, (scene, name) => scene.Services.AddKiwiBalancer(name, _ => { })),
        Null(AddNameOptions, "services", _ => Nobody.AddKiwiBalancer("b", _ => { })),
        Null(AddNameOptions, "configure", scene => scene.Services.AddKiwiBalancer("b", (Action<KiwiBalancerOptions>)null!)),
        Null(Server, "builder", _ => ((IKiwiBalancerBuilder)null!).AddServer<GatedServer, int, int>()),
        Conflict(Server, "another server for the same types", [nameof(GatedServer), nameof(OtherServer), "'gpu'", "another balancer"], scene => scene.Builder.AddServer<OtherServer, int, int>()),
        Conflict(Server, "a balancer that is not there", ["'nowhere'", "call AddKiwiBalancer first"], scene => new KiwiBalancerBuilder(scene.Services, "nowhere").AddServer<OtherServer, int, int>()),
        .. Clients(Client, (builder, name) => builder.AddClient(name)),
        .. Clients(ClientWeight, (builder, name) => builder.AddClient(name, weight: 2)),
        .. new[] { 0, -1, 1_000_001 }.Select(weight => Range(ClientWeight, "weight", weight, "1 to 1000000", scene => scene.Builder.AddClient("b", weight))),
        .. Clients(ClientOptions, (builder, name) => builder.AddClient(name, _ => { })),
        Null(ClientOptions, "configure", scene => scene.Builder.AddClient("b", null!)),
    ];

    private static IServiceCollection Nobody => null!;

    private static IEnumerable<BadInputCase> Names(string member, Action<BadInputScene, string> call) =>
    [
        Null(member, "name", scene => call(scene, null!)),
        Blank(member, "name", scene => call(scene, " ")),
    ];

    private static IEnumerable<BadInputCase> Clients(string member, Action<IKiwiBalancerBuilder, string> call) =>
    [
        .. Names(member, (scene, name) => call(scene.Builder, name)),
        Null(member, "builder", _ => call(null!, "b")),
        Conflict(member, "a balancer that is not there", ["'nowhere'", "call AddKiwiBalancer first"], scene => call(new KiwiBalancerBuilder(scene.Services, "nowhere"), "b")),
    ];

    private sealed class OtherServer : IServer<int, int>
    {
        public ValueTask<int> ProcessAsync(int request, CancellationToken cancellationToken) => new(request);
    }
}
