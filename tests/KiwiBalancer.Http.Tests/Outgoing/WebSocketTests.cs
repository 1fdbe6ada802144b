using System.Net.WebSockets;
using KiwiBalancer.Http.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.Http.Tests.Outgoing;

/// <summary>An upgraded connection is a body that is written to as well.</summary>
public sealed class WebSocketTests
{
    [Fact]
    public async Task WebSocket_WhileItIsOpen_HoldsItsSlot()
    {
        await using var server = await GatedServer.StartAsync(limit: 1, client => client.AddKiwiBalancer(), async context =>
        {
            if (!context.WebSockets.IsWebSocketRequest)
            {
                return false;
            }

            using var accepted = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[16];
            while (await accepted.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } read)
            {
                await accepted.SendAsync(buffer.AsMemory(0, read.Count), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }

            await accepted.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            return true;
        });
        using var invoker = new HttpMessageInvoker(server.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("llm"), disposeHandler: false);
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(server.Http.BaseAddress!) { Scheme = "ws", Path = "/socket" }.Uri, invoker, CancellationToken.None).Within();

        var buffer = new byte[16];
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).Within();
        Assert.Equal(5, (await socket.ReceiveAsync(buffer, CancellationToken.None).Within()).Count);
        Assert.Equal(1, server.InFlight("llm"));

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).Within();
        socket.Dispose();
        server.CheckIntegrity();
    }
}
