using System.Globalization;
using KiwiBalancer.Fragile;
using KiwiBalancer.Gateway.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace KiwiBalancer.Gateway;

/// <summary>From a command line to an exit code: 0 after an orderly end, 1 if something failed, 2 if the settings cannot be used.</summary>
internal static class GatewayRun
{
    /// <param name="args">Settings on the command line, which go before those of the file: <c>--Gateway:Limit 8</c>; and <c>--Settings FILE</c> for another file.</param>
    /// <param name="output">Where the start is told.</param>
    /// <param name="error">Where it is told why there is none.</param>
    /// <param name="started">Called when requests are served.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, Action<WebApplication>? started = null)
    {
        try
        {
            await using WebApplication app = GatewayApp.Build(args);

            // Before the fragile server is started, not after.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            await using ServerProcess? upstream = await StartUpstreamAsync(app.Configuration);
            await app.StartAsync();
            await output.WriteLineAsync($"the gateway listens on {string.Join(", ", app.Urls)}, in front of {app.Configuration[$"{GatewayApp.Section}:Upstream"]}; Ctrl+C ends it");
            started?.Invoke(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception exception) when (SettingsProblem.In(exception) is { Length: > 0 } problems)
        {
            await error.WriteLineAsync("the gateway cannot start with these settings:");
            foreach (string problem in problems)
            {
                await error.WriteLineAsync($"- {problem}");
            }

            return 2;
        }
        catch (Exception exception) when (exception is ServerFailedException or IOException)
        {
            await error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static async Task<ServerProcess?> StartUpstreamAsync(IConfiguration configuration)
    {
        IConfigurationSection gateway = configuration.GetSection(GatewayApp.Section);
        return gateway["FragileServer:Limit"] is not { } limit
            ? null
            : await ServerProcess.StartAsync(int.Parse(limit, CultureInfo.InvariantCulture), clients: 1, capacity: 1, CancellationToken.None, new Uri(gateway["Upstream"]!).Port);
    }
}
