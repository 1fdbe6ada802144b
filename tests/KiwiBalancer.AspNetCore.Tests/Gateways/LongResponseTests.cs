using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using KiwiBalancer.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace KiwiBalancer.AspNetCore.Tests.Gateways;

/// <summary>Responses that last: the slot is held for as long as they do.</summary>
public sealed class LongResponseTests
{
    private readonly Channel<string> _words = Channel.CreateUnbounded<string>();

    [Fact]
    public async Task Stream_WhileItIsWritten_HoldsItsSlot()
    {
        await using var app = await StartAsync();
        using var answer = await app.Http.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead).Within();
        await using var body = await answer.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(body);

        await CheckHeldAsync(app, async () => await reader.ReadLineAsync());

        Assert.Null(await reader.ReadLineAsync().Within());
        app.CheckIntegrity();
    }

    [Fact]
    public async Task ServerSentEvents_WhileTheyCome_HoldTheirSlot()
    {
        await using var app = await StartAsync();
        Assert.True(_words.Writer.TryWrite("zero"));
        using var answer = await app.Http.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead).Within();
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        await using var body = await answer.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(body);

        Assert.Equal("zero", await ReadEventAsync(reader).Within());

        await CheckHeldAsync(app, () => ReadEventAsync(reader));

        app.CheckIntegrity();
    }

    [Fact]
    public async Task ServerSentEvents_WhoseReaderLeaves_GiveTheirSlotBack()
    {
        await using var app = await StartAsync();
        Assert.True(_words.Writer.TryWrite("zero"));
        var answer = await app.Http.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead).Within();
        Assert.Equal(1, app.Balancer.GetSnapshot().InFlight);

        answer.Dispose();

        app.CheckIntegrity();
    }

    [Fact]
    public async Task WebSocket_WhileItIsOpen_HoldsItsSlot()
    {
        await using var app = await StartAsync();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(app.Address) { Scheme = "ws", Path = "/socket" }.Uri, CancellationToken.None).Within();

        await CheckHeldAsync(
            app,
            async () =>
            {
                var buffer = new byte[64];
                var read = await socket.ReceiveAsync(buffer, CancellationToken.None);
                return Encoding.UTF8.GetString(buffer, 0, read.Count);
            },
            async () =>
            {
                Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(new byte[8], CancellationToken.None).Within()).MessageType);
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).Within();
            });

        app.CheckIntegrity();
    }

    [Fact]
    public async Task WebSocket_WhoseClientIsGone_GivesItsSlotBack()
    {
        await using var app = await StartAsync();
        using (var socket = new ClientWebSocket())
        {
            await socket.ConnectAsync(new UriBuilder(app.Address) { Scheme = "ws", Path = "/socket" }.Uri, CancellationToken.None).Within();
            Eventually.True(() => app.Balancer.GetSnapshot().InFlight == 1, "the socket is handled");
            socket.Abort();
        }

        app.CheckIntegrity();
    }

    private static async Task<string?> ReadEventAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return line["data: ".Length..];
            }
        }

        return null;
    }

    private async Task CheckHeldAsync(GatedApp app, Func<Task<string?>> read, Func<Task>? close = null)
    {
        foreach (var word in new[] { "one", "two" })
        {
            Assert.True(_words.Writer.TryWrite(word));
            Assert.Equal(word, await read().Within());
            Assert.Equal(1, app.Balancer.GetSnapshot().InFlight);
        }

        var next = app.SendAsync("x", "next");
        app.Waits(1);
        Assert.False(app.HasEntered("next"));
        Assert.True(_words.Writer.TryComplete());
        await (close?.Invoke() ?? Task.CompletedTask);
        await app.Entered("next");
        app.Finish("next");
        Assert.True((await next.Within()).IsSuccessStatusCode);
    }

    private Task<GatedApp> StartAsync() => GatedApp.StartAsync(o => o.Limit = 1, _ => { }, map: app =>
    {
        app.UseWebSockets();
        app.MapGet("/stream", async (HttpContext context) =>
        {
            await context.Response.Body.FlushAsync();
            await foreach (var word in _words.Reader.ReadAllAsync(context.RequestAborted))
            {
                await context.Response.WriteAsync(word + "\n");
                await context.Response.Body.FlushAsync();
            }
        });
        app.MapGet("/events", (HttpContext context) => TypedResults.ServerSentEvents(_words.Reader.ReadAllAsync(context.RequestAborted)));
        app.MapGet("/socket", async (HttpContext context) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            var closing = WatchAsync(socket, gone);
            await foreach (var word in _words.Reader.ReadAllAsync(gone.Token))
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(word), WebSocketMessageType.Text, endOfMessage: true, gone.Token);
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            await closing;
        });
    });

    private static async Task WatchAsync(WebSocket socket, CancellationTokenSource gone)
    {
        try
        {
            while ((await socket.ReceiveAsync(new byte[64], gone.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            await gone.CancelAsync();
        }
        catch (OperationCanceledException)
        {
        }
    }
}
