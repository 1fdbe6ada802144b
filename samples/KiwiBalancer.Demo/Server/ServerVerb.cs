using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;

namespace KiwiBalancer.Demo.Server;

/// <summary>The server's side of the executable: <c>fragile-server LIMIT CLIENTS CAPACITY</c>. Started by the demo, not by people.</summary>
internal static class ServerVerb
{
    public const string Name = "fragile-server";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length != 4)
        {
            await Console.Error.WriteLineAsync($"{Name} is started by the demo itself; run without arguments to see it");
            return ExitCode.WrongArguments;
        }

        // Ctrl+C reaches every process of the terminal: the demo decides, and stops this one by closing its input.
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        EndWithInput();

        int[] numbers = [.. args.Skip(1).Select(a => int.Parse(a, CultureInfo.InvariantCulture))];
        var server = new FragileServer(limit: numbers[0], clients: numbers[1], capacity: numbers[2]);

        // Empty rather than slim: no configuration, no logging, no routing, one handler.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromHours(1);
            kestrel.Listen(IPAddress.Loopback, port: 0);
        });

        await using WebApplication app = builder.Build();
        app.Run(server.HandleAsync);
        await app.StartAsync();
        await Console.Out.WriteLineAsync(new Uri(app.Urls.Single()).Port.ToString(CultureInfo.InvariantCulture));
        await app.WaitForShutdownAsync(CancellationToken.None);
        return ExitCode.Kept;
    }

    // The input is a pipe from the demo. It ends when the demo closes it or dies, however it dies; a thread of its own notices
    // even when the pool is busy.
    private static void EndWithInput() => new Thread(() =>
    {
        using Stream input = Console.OpenStandardInput();
        Span<byte> nothing = stackalloc byte[16];
        while (input.Read(nothing) > 0)
        {
        }

        Environment.Exit(ExitCode.Kept);
    })
    { IsBackground = true, Name = "waits for the end of input" }.Start();
}
