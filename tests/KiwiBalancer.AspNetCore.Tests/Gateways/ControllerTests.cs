using KiwiBalancer.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.AspNetCore.Tests.Gateways;

/// <summary>Attributes on controllers: what an action says goes before what its controller says.</summary>
public sealed class ControllerTests
{
    [Theory]
    [InlineData("all", "gpu 1")]
    [InlineData("wide", "gpu 3")]
    [InlineData("free", "gpu 0")]
    public async Task Action_OfAMarkedController_TakesWhatTheClosestMarkSays(string action, string expected)
    {
        await using var app = await GatedApp.StartAsync(
            builder =>
            {
                builder.Services.AddKiwiBalancer("gpu", o => o.Limit = 4).AddGateway();
                builder.Services.AddControllers().AddApplicationPart(typeof(MarkedController).Assembly);
            },
            app =>
            {
                app.UseKiwiBalancer();
                app.MapControllers();
            });

        Assert.Equal(expected, await app.Http.GetStringAsync($"/marked-controller/{action}").Within());
        GatedApp.CheckIntegrity(app.Services.GetRequiredKeyedService<IBalancer>("gpu"));
    }
}
