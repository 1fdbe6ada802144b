using KiwiBalancer;
using KiwiBalancer.AotSmoke;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Published ahead of time and trimmed: registration, binding from configuration, reload, every strategy and every way to send must still work.
var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
{
    ["Kiwi:Limit"] = "2",
    ["Kiwi:QueueTimeout"] = "00:00:30",
    ["Kiwi:OverflowPolicy"] = "RejectOldest",
    ["Kiwi:Clients:billing:Weight"] = "3",
};
var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
builder.Configuration.AddInMemoryCollection(settings);
builder.Services.AddKiwiBalancer(builder.Configuration.GetSection("Kiwi")).AddServer<Doubler, int, int>().AddClient("reports", weight: 2);
using var host = builder.Build();
await host.StartAsync();

var billing = host.Services.GetRequiredKeyedService<IClientHandle<int, int>>("billing");
var balancer = host.Services.GetRequiredService<IBalancer>();
Expect(billing.Weight == 3 && balancer.Limit == 2, "the options are bound");
Expect(await billing.SendAsync(21) == 42, "a request is answered");
Expect(await billing.SendAllAsync(Enumerable.Range(1, 100)).Select(result => result.Response).SumAsync() == 10_100, "a workload is answered");
Expect(await FailsAsync<InvalidOperationException>(() => billing.SendAsync(-1).AsTask()), "the server's exception comes back");

((IConfigurationRoot)builder.Configuration)["Kiwi:Limit"] = "5";
((IConfigurationRoot)builder.Configuration).Reload();
Expect(balancer.Limit == 5, "a changed limit is followed");

foreach (var one in new Balancer[] { new WeightedBalancer(1), new RoundRobinBalancer(1), new SingleClientBalancer(1), new BatchBalancer(1) })
{
    await using var strategy = one;
    var client = strategy.Register("a", weight: 2);
    using (await client.AcquireAsync())
    {
        Expect(!client.TryAcquire(out _), "a held slot is not given again");
    }

    Expect(await client.RunAsync(static async token =>
    {
        await Task.Yield();
        return 7;
    }) == 7, "work runs");
    Expect(strategy.GetSnapshot().InFlight == 0, "every slot is back");
}

await host.StopAsync();
Console.WriteLine("The published app works.");
return 0;

static void Expect(bool isSo, string what)
{
    if (!isSo)
    {
        throw new InvalidOperationException($"Not so: {what}.");
    }
}

static async Task<bool> FailsAsync<TException>(Func<Task> call)
    where TException : Exception
{
    try
    {
        await call();
        return false;
    }
    catch (TException)
    {
        return true;
    }
}
