using KiwiBalancer.AspNetCore.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace KiwiBalancer.AspNetCore.Tests.Issues;

/// <summary>With the cap on visitors lowered while all of them were in use, they stayed when they had become idle, and each newcomer only took the place of one: the cap was passed until the idle timeout.</summary>
public sealed class LoweredCapLeavesVisitorsTests
{
    [Fact]
    public async Task Reloading_ALowerCapWhileAllVisitorsAreInUse_IsKeptAsSoonAsTheyAreNot()
    {
        (string, string?)[] common = [("Limit", "10"), ("ClientHeader", "X-Client"), ("UnknownClients", "Register")];
        var settings = new Settings([.. common, ("MaxVisitors", "4")]);
        await using var app = await GatedApp.StartAsync(
            builder =>
            {
                ((IConfigurationBuilder)builder.Configuration).Add(settings);
                builder.Services.AddKiwiBalancer(builder.Configuration.GetSection("Kiwi")).AddGateway(builder.Configuration.GetSection("Kiwi"));
            },
            app => app.UseKiwiBalancer());
        string[] visitors = ["a", "b", "c", "d"];
        foreach (var visitor in visitors)
        {
            await app.HoldAsync("x", visitor, ("X-Client", visitor));
        }

        settings.Replace([.. common, ("MaxVisitors", "2")]);
        Assert.Equal(4, Visitors(app));
        Array.ForEach(visitors, app.Finish);

        app.CheckIntegrity();
        Eventually.True(() => Visitors(app) == 2, "those who are too many are forgotten");
    }

    private static int Visitors(GatedApp app) => app.Balancer.GetSnapshot().Clients.Count(client => client.Name.StartsWith("visitor/", StringComparison.Ordinal));
}
