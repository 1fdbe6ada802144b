using KiwiBalancer.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.AspNetCore.Tests.Identity;

/// <summary>Clients that come by themselves: as many as there is room for, for as long as they are used.</summary>
[Collection(nameof(Alone))]
public sealed class VisitorTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<ServiceProvider> _providers = [];

    [Fact]
    public async Task Visitors_OfDifferentNames_AreClientsOfTheirOwn()
    {
        var (balancer, send) = Make(maxVisitors: 10, weight: 3);
        var gate = new TaskCompletionSource();

        Task[] sent = [send("alice", gate.Task), send("bob", gate.Task), send("alice", gate.Task), send(null, gate.Task)];

        Assert.Equal("default:1:1 visitor/alice:3:2 visitor/bob:3:1", Clients(balancer));
        gate.SetResult();
        await Task.WhenAll(sent).Within();
        GatedApp.CheckIntegrity(balancer);
    }

    [Fact]
    public async Task Visitor_IdleForLong_IsForgottenAndNotSooner()
    {
        var (balancer, send) = Make(maxVisitors: 10);
        await send("alice", Task.CompletedTask).Within();
        _time.Advance(TimeSpan.FromMinutes(3));
        await send("bob", Task.CompletedTask).Within();

        _time.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromTicks(1));
        Assert.Equal("default:1:0 visitor/alice:1:0 visitor/bob:1:0", Clients(balancer));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("default:1:0 visitor/bob:1:0", Clients(balancer));
        _time.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal("default:1:0", Clients(balancer));
    }

    [Fact]
    public async Task Visitor_ThatIsServedForLong_IsNotForgotten()
    {
        var (balancer, send) = Make(maxVisitors: 10);
        var gate = new TaskCompletionSource();
        var sent = send("alice", gate.Task);
        await send("alice", Task.CompletedTask).Within();

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("default:1:0 visitor/alice:1:1", Clients(balancer));
        gate.SetResult();
        await sent.Within();
    }

    [Fact]
    public async Task Visitors_MoreThanThereIsRoomFor_DisplaceTheOneIdleLongestAndElseShareTheDefault()
    {
        var (balancer, send) = Make(maxVisitors: 2);
        var gate = new TaskCompletionSource();
        await send("old", Task.CompletedTask).Within();
        await send("recent", Task.CompletedTask).Within();

        var third = send("third", gate.Task);
        Assert.Equal("default:1:0 visitor/recent:1:0 visitor/third:1:1", Clients(balancer));
        var fourth = send("fourth", gate.Task);
        var fifth = send("fifth", gate.Task);

        Assert.Equal("default:1:1 visitor/fourth:1:1 visitor/third:1:1", Clients(balancer));
        gate.SetResult();
        await Task.WhenAll(third, fourth, fifth).Within();
    }

    [Fact]
    public async Task Visitor_WithTheNameOfAVisitor_IsNotThatOne()
    {
        var (balancer, send) = Make(maxVisitors: 10);
        var gate = new TaskCompletionSource();

        Task[] sent = [send("alice", gate.Task), send("visitor/alice", gate.Task)];

        Assert.Equal("default:1:0 visitor/alice:1:1 visitor/visitor/alice:1:1", Clients(balancer));
        gate.SetResult();
        await Task.WhenAll(sent).Within();
    }

    [Fact]
    public async Task Visitors_AFloodOfNames_LeavesNoMoreThanTheCapAndNoMemory()
    {
        var (balancer, send) = Make(maxVisitors: 100);
        await FloodAsync(send, "warm", 5_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await FloodAsync(send, "flood", 100_000);

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(101, balancer.GetSnapshot().Clients.Count);
        Assert.True(grown < 4_000_000, $"Memory has grown by {grown:N0} bytes.");
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("default:1:0", Clients(balancer));
    }

    [Fact]
    public async Task Names_OfAnyLengthOrKind_DoNoHarm()
    {
        var (balancer, send) = Make(maxVisitors: 10);

        foreach (var name in new[] { "", " ", new string('n', 129), new string('n', 1_000_000), "visitor/", "a\0b", "ж" })
        {
            await send(name, Task.CompletedTask).Within();
        }

        Assert.All(balancer.GetSnapshot().Clients, client => Assert.InRange(client.Name.Length, 1, 140));
        GatedApp.CheckIntegrity(balancer);
    }

    public void Dispose() => _providers.ForEach(provider => provider.Dispose());

    private static string Clients(IBalancer balancer) => string.Join(' ', balancer.GetSnapshot().Clients.Select(client => $"{client.Name}:{client.Weight}:{client.InFlight}"));

    private static async Task FloodAsync(Func<string?, Task, Task> send, string prefix, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await send($"{prefix}-{i}", Task.CompletedTask);
        }
    }

    /// <summary>The pipeline without a server in front: the same code, and a hundred thousand requests in no time.</summary>
    private (IBalancer Balancer, Func<string?, Task, Task> Send) Make(int maxVisitors, int weight = 1)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_time);
        services.AddKiwiBalancer(o => o.Limit = 10).AddGateway(o =>
        {
            o.SelectClient = context => (string?)context.Items["client"];
            o.UnknownClients = UnknownClients.Register;
            o.MaxVisitors = maxVisitors;
            o.Visitor.Weight = weight;
        });
        var provider = services.BuildServiceProvider();
        _providers.Add(provider);
        var app = new ApplicationBuilder(provider);
        app.UseKiwiBalancer();
        app.Run(context => (Task)context.Items["work"]!);
        var pipeline = app.Build();
        return (provider.GetRequiredService<IBalancer>(), (client, work) => pipeline(new DefaultHttpContext { RequestServices = provider, Items = { ["client"] = client, ["work"] = work } }));
    }
}
