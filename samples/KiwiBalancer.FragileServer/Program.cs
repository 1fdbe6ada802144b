using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
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

        // Ctrl+C reaches every process of the terminal: whoever started this decides, and stops it by closing its input.
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        EndWithInput();

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

    // The input is a pipe from whoever started this. It ends when that closes it or dies, however it dies; a thread of its own notices
    // even when the pool is busy.
    private static void EndWithInput() => new Thread(() =>
    {
        using Stream input = Console.OpenStandardInput();
        Span<byte> nothing = stackalloc byte[16];
        while (input.Read(nothing) > 0)
        {
        }

        Environment.Exit(0);
    })
    { IsBackground = true, Name = "waits for the end of input" }.Start();
}
