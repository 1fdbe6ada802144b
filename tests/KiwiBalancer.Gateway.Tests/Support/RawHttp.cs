using System.Net.Sockets;
using System.Text;

namespace KiwiBalancer.Gateway.Tests.Support;

/// <summary>Requests as bytes: many at once on one connection, or such as no client would send.</summary>
internal static class RawHttp
{
    private const int BatchSize = 100;

    /// <summary>Sends a request for each key, many at a time, and counts the answers of a status.</summary>
    public static async Task<int> CountAsync(Uri address, IEnumerable<string> keys, int status)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(address.Host, address.Port);
        var stream = tcp.GetStream();
        var counted = 0;
        foreach (var batch in keys.Chunk(BatchSize))
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(batch.Select(key => $"GET /work HTTP/1.1\r\nHost: x\r\nX-Api-Key: {key}\r\n\r\n"))));
            counted += await ReadAsync(stream, batch.Length, status);
        }

        return counted;
    }

    /// <summary>Sends bytes and gives the first line of the answer; empty if the connection is closed without one.</summary>
    public static async Task<string> SendAsync(Uri address, params byte[][] parts)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(address.Host, address.Port);
        var stream = tcp.GetStream();
        try
        {
            foreach (var part in parts)
            {
                await stream.WriteAsync(part);
            }

            using var reader = new StreamReader(stream, Encoding.ASCII);
            return await reader.ReadLineAsync() ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task<int> ReadAsync(NetworkStream stream, int answers, int status)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var counted = 0;
        var buffer = new char[4096];
        for (var seen = 0; seen < answers; seen++)
        {
            var line = await reader.ReadLineAsync();
            counted += line?.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal) == true ? 1 : 0;
            var isChunked = false;
            var length = 0;
            while (await reader.ReadLineAsync() is { Length: > 0 } header)
            {
                isChunked |= header.Equals("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase);
                length = header.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase) ? int.Parse(header["Content-Length: ".Length..], System.Globalization.CultureInfo.InvariantCulture) : length;
            }

            while (isChunked)
            {
                var size = Convert.ToInt32(await reader.ReadLineAsync(), 16);
                await reader.ReadBlockAsync(buffer, 0, size + 2);
                isChunked = size > 0;
            }

            // To read nothing would wait for something.
            if (length > 0)
            {
                await reader.ReadBlockAsync(buffer, 0, length);
            }
        }

        return counted;
    }
}
