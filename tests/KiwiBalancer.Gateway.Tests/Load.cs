using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace KiwiBalancer.Gateway.Tests;

/// <summary>Twenty real HTTP clients that send until so many requests have been sent; some go away, some read slowly, and all wait when the upstream is down.</summary>
internal sealed class Load : IDisposable
{
    private const int LoopsPerClient = 8;
    private const int ReceiveBuffer = 8 * 1024;

    /// <summary>Which of the three clients each of the twenty is.</summary>
    private static readonly int[] ClientOf = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2];

    private readonly HttpClient[] _clients;
    private readonly int[] _answers = new int[4];
    private Task _upstreamIsThere = Task.CompletedTask;
    private int _sent;
    private int _total;
    private long _lastSent;

    public Load(Uri gateway)
    {
        _clients = [.. ClientOf.Select(client =>
        {
            var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync, UseProxy = false }) { BaseAddress = gateway, Timeout = Eventually.Watchdog };
            http.DefaultRequestHeaders.Add("X-Api-Key", $"secret-{(char)('a' + client)}");
            return http;
        })];
    }

    public enum Answer
    {
        /// <summary>Whole.</summary>
        Served,

        /// <summary>502: the upstream was down or went down.</summary>
        Down,

        /// <summary>The caller went away.</summary>
        Aborted,

        /// <summary>Broken off, because the upstream went down in the middle.</summary>
        BrokenOff,
    }

    /// <summary>When the last request was sent; from there on not everybody waits any more.</summary>
    public long LastSent => _lastSent;

    public int Count(Answer answer) => _answers[(int)answer];

    public Task RunAsync(int total, int haltAt = -1, Func<Task>? halt = null)
    {
        Array.Clear(_answers);
        (_sent, _total) = (0, total);
        return Task.WhenAll(Enumerable.Range(0, ClientOf.Length * LoopsPerClient).Select(loop => Task.Run(() => SendAllAsync(loop % ClientOf.Length, haltAt, halt))));
    }

    public void Dispose() => Array.ForEach(_clients, client => client.Dispose());

    private async Task SendAllAsync(int client, int haltAt, Func<Task>? halt)
    {
        while (true)
        {
            await Volatile.Read(ref _upstreamIsThere);
            var number = Interlocked.Increment(ref _sent);
            if (number > _total)
            {
                return;
            }

            if (number == _total)
            {
                _lastSent = Stopwatch.GetTimestamp();
            }

            if (number == haltAt)
            {
                Volatile.Write(ref _upstreamIsThere, halt!());
            }

            var answer = await SendAsync(_clients[client], ClientOf[client], number);
            Interlocked.Increment(ref _answers[(int)answer]);
        }
    }

    private static async Task<Answer> SendAsync(HttpClient http, int client, int number)
    {
        var isSlow = number % 200 == 11;
        using var caller = number % 25 == 7 ? new CancellationTokenSource(TimeSpan.FromMilliseconds(number % 40)) : new CancellationTokenSource();
        try
        {
            using var answer = await http.GetAsync(
                isSlow ? $"/hold/{client}/1/10000/500000" : $"/hold/{client}/1/10000", isSlow ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead, caller.Token);
            if (answer.StatusCode == HttpStatusCode.BadGateway)
            {
                return Answer.Down;
            }

            Assert.True(answer.IsSuccessStatusCode, $"{number}: {answer.StatusCode}");
            return isSlow ? await ReadSlowlyAsync(answer) : Answer.Served;
        }
        catch (OperationCanceledException) when (caller.IsCancellationRequested)
        {
            return Answer.Aborted;
        }
        catch (Exception exception) when (isSlow && exception is IOException or HttpRequestException)
        {
            return Answer.BrokenOff;
        }
    }

    private static async Task<Answer> ReadSlowlyAsync(HttpResponseMessage answer)
    {
        var read = 0;
        var buffer = new byte[64 * 1024];
        await using var body = await answer.Content.ReadAsStreamAsync();
        while (await body.ReadAsync(buffer) is > 0 and var count)
        {
            read += count;
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }

        Assert.Equal(500_000, read);
        return Answer.Served;
    }

    // A small buffer, or a slow reader's system would read for it.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = ReceiveBuffer };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
