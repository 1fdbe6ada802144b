using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;

namespace KiwiBalancer.Fragile;

/// <summary>The server's process: <c>LIMIT CLIENTS CAPACITY PORT</c>. Started by the other samples, not by people.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args.Length != 4)
        {
            await Console.Error.WriteLineAsync("the fragile server is started by the demo and by the gateway; run those to see it");
            return 2;
        }

        using IDisposable parent = ParentProcess.Follow();
        int[] numbers = [.. args.Select(a => int.Parse(a, CultureInfo.InvariantCulture))];
        var server = new FragileServer(limit: numbers[0], clients: numbers[1], capacity: numbers[2]);

        // Empty rather than slim: no configuration, no logging, no routing, one handler.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromHours(1);
            kestrel.Listen(IPAddress.Loopback, numbers[3]);
        });

        await using WebApplication app = builder.Build();
        app.Run(server.HandleAsync);
        await app.StartAsync();
        await Console.Out.WriteLineAsync(new Uri(app.Urls.Single()).Port.ToString(CultureInfo.InvariantCulture));
        await app.WaitForShutdownAsync(CancellationToken.None);
        return 0;
    }
}
