using System.Text;
using KiwiBalancer.Gateway.Tests.Support;

namespace KiwiBalancer.Gateway.Tests;

/// <summary>Requests such as nobody should send: the gateway neither crashes nor grows.</summary>
public sealed class MalformedTests
{
    [Fact]
    public async Task Request_WithoutOrWithAWrongKey_IsRefusedAndTheUpstreamNeverSeesIt()
    {
        await using var gateway = await RunningGateway.StartAsync();

        foreach (var key in new[] { null, "", "wrong", new string('k', 20_000) })
        {
            using var answer = await gateway.GetAsync("/hold/0/1/0", key);
            Assert.Equal((401, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        }

        Assert.Equal(0, (await gateway.UpstreamStateAsync()).Served);
        Assert.Equal(0, gateway.Balancer.GetSnapshot().InFlight);
    }

    [Fact]
    public async Task Bytes_ThatAreNoRequest_AreAnsweredOrTheConnectionIsClosed()
    {
        await using var gateway = await RunningGateway.StartAsync();
        byte[] megabyte = [.. Enumerable.Repeat((byte)'k', 1_000_000)];

        Check(await SendAsync("GET /work HTTP/1.1\r\nHost: x\r\nX-Api-Key: "u8.ToArray(), megabyte, "\r\n\r\n"u8.ToArray()), "", "HTTP/1.1 431 Request Header Fields Too Large");
        Check(await SendAsync("GET /"u8.ToArray(), megabyte, " HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray()), "", "HTTP/1.1 414 URI Too Long");
        Check(await SendAsync(megabyte), "", "HTTP/1.1 400 Bad Request", "HTTP/1.1 414 URI Too Long");
        Check(await SendAsync("GET /work HTTP/1.1\r\nHost: x\r\nX-Api-Key: a\0b\r\n\r\n"u8.ToArray()), "HTTP/1.1 400 Bad Request");
        Check(await SendAsync([.. Enumerable.Range(0, 256).Select(i => (byte)i)]), "", "HTTP/1.1 400 Bad Request");
        Check(await SendAsync(Encoding.ASCII.GetBytes("GET /work HTTP/1.1\r\nHost: x\r\n" + string.Concat(Enumerable.Repeat("X-Api-Key: secret-a\r\n", 200)) + "\r\n")), "HTTP/1.1 431 Request Header Fields Too Large", "HTTP/1.1 401 Unauthorized");

        using var next = await gateway.GetAsync("/hold/0/1/0");
        Assert.Equal(204, (int)next.StatusCode);
        gateway.CheckIntegrity();

        static void Check(string answer, params string[] expected) => Assert.True(expected.Contains(answer, StringComparer.Ordinal), $"The answer was '{answer}'.");

        Task<string> SendAsync(params byte[][] parts) => RawHttp.SendAsync(gateway.Address, parts).Within();
    }

    [Fact]
    public async Task Requests_WithAHundredThousandDifferentKeys_LeaveNoMemory()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await FloodAsync("warm", 2, 2_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await FloodAsync("flood", 2, 100_000);

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < 4_000_000, $"Memory has grown by {grown:N0} bytes.");
        Assert.Equal(3, gateway.Balancer.GetSnapshot().Clients.Count);
        gateway.CheckIntegrity();

        async Task FloodAsync(string prefix, int connections, int count)
        {
            var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(connection =>
                RawHttp.CountAsync(gateway.Address, Enumerable.Range(0, count / connections).Select(i => $"{prefix}-{connection}-{i}"), status: 401))).Within();
            Assert.Equal(count, counts.Sum());
        }
    }
}
