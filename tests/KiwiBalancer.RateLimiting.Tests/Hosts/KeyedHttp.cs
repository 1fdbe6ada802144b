namespace KiwiBalancer.RateLimiting.Tests.Hosts;

/// <summary>Calls a server in somebody's name.</summary>
internal static class KeyedHttp
{
    public static async Task GetWorkAsync(this HttpClient http, Uri server, string? key, CancellationToken cancellationToken)
    {
        using var response = await http.SendWorkAsync(server, key, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public static async Task<HttpResponseMessage> SendWorkAsync(this HttpClient http, Uri server, string? key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, "work"));
        if (key is not null)
        {
            request.Headers.Add(WorkServer.KeyHeader, key);
        }

        return await http.SendAsync(request, cancellationToken);
    }
}
