using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KiwiBalancer.Gateway.Tests.Support;

/// <summary>A server that answers with all the headers that it was sent.</summary>
internal sealed class EchoingUpstream : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoingUpstream(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public static async Task<EchoingUpstream> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(context => context.Response.WriteAsync(string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}"))));
        await app.StartAsync().Within();
        return new EchoingUpstream(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
