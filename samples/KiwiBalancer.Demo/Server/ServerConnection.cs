using System.Globalization;
using System.Net;
using KiwiBalancer.Demo.Load;
using KiwiBalancer.Fragile;

namespace KiwiBalancer.Demo.Server;

/// <summary>The fragile server as its callers see it: what the balancer protects.</summary>
internal sealed class ServerConnection : IServer<WorkRequest, HttpStatusCode>, IDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly string _address;

    public ServerConnection(int port)
    {
        _address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

        // As many connections as are asked for: a bound here would hide a balancer that sends too much.
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxConnectionsPerServer = int.MaxValue,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
            UseCookies = false,
            UseProxy = false,
        });
    }

    /// <exception cref="HttpRequestException">The server broke, or could not be reached.</exception>
    public async ValueTask<HttpStatusCode> ProcessAsync(WorkRequest request, CancellationToken cancellationToken)
    {
        // 204 has no body: the connection is free for the next request before this one returns.
        using var message = Message(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture,
            $"{_address}{ServerPath.Hold}{request.Client}/{request.Cost}/{request.Hold.Ticks / TimeSpan.TicksPerMicrosecond}{(request.StartBy == 0 ? "" : ServerPath.StartBy)}{(request.StartBy == 0 ? null : request.StartBy)}"));
        using HttpResponseMessage response = await _http.SendAsync(message, cancellationToken);
        return response.StatusCode == HttpStatusCode.NoContent
            ? response.StatusCode
            : throw new HttpRequestException($"the server answered {(int)response.StatusCode}", inner: null, response.StatusCode);
    }

    public async Task<ServerState> ReadStateAsync(CancellationToken cancellationToken) =>
        ServerState.Parse(System.Text.Encoding.ASCII.GetString(await ReadAsync(ServerPath.State, cancellationToken)));

    public async Task<HoldRecord[]> ReadLogAsync(CancellationToken cancellationToken) =>
        HoldLog.FromBytes(await ReadAsync(ServerPath.Log, cancellationToken));

    public Task ResetAsync(CancellationToken cancellationToken) => ReadAsync(ServerPath.Reset, cancellationToken);

    /// <exception cref="HttpRequestException">More than that is in flight, or the server could not be reached.</exception>
    public Task SetLimitAsync(int value, CancellationToken cancellationToken) =>
        ReadAsync(ServerPath.Limit + value.ToString(CultureInfo.InvariantCulture), cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var message = Message(HttpMethod.Get, _address + path);
        using HttpResponseMessage response = await _http.SendAsync(message, cancellationToken);
        return await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken);
    }

    private static HttpRequestMessage Message(HttpMethod method, string uri) =>
        new(method, uri) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
}
