using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.Http.Tests.Readme;

internal sealed class Billing(HttpClient http)
{
    public HttpClient Http => http;
}

internal static class Snippets
{
    public static async Task<Stream> BeforeAsync(SemaphoreSlim semaphore, HttpClient http, CancellationToken cancellationToken)
    {
await semaphore.WaitAsync(cancellationToken);
try
{
    var answer = await http.GetAsync("/complete", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    return await answer.Content.ReadAsStreamAsync(cancellationToken);
}
finally
{
    semaphore.Release();
}
    }

    public static ServiceProvider After(Uri llm)
    {
        var services = new ServiceCollection();
services.AddKiwiBalancer(o => o.Limit = 8).AddClient("billing", weight: 3).AddClient("reports");
services.AddHttpClient<Billing>(http => http.BaseAddress = llm).AddKiwiBalancer(configure: o => o.Client = "billing");
services.AddHttpClient("reports", http => http.BaseAddress = llm).AddKiwiBalancer();

        return services.BuildServiceProvider();
    }

    public static HttpRequestMessage Request()
    {
var request = new HttpRequestMessage(HttpMethod.Post, "/complete");
request.Options.Set(BalancedRequest.Client, "billing");
request.Options.Set(BalancedRequest.Cost, 2);                         // a heavy one takes two slots

        return request;
    }

    public static ServiceProvider Selected(Uri llm)
    {
        var services = new ServiceCollection();
        services.AddKiwiBalancer("gpu", o => o.Limit = 8).AddClient("batch").AddClient("interactive");
        services.AddHttpClient("llm", http => http.BaseAddress = llm);
services.AddHttpClient("llm").AddKiwiBalancer("gpu", o =>
{
    o.SelectClient = call => call.RequestUri!.AbsolutePath.StartsWith("/batch", StringComparison.Ordinal) ? "batch" : null;
    o.Client = "interactive";                                         // where the delegate says nothing
});

        return services.BuildServiceProvider();
    }

    public static ServiceProvider Resilient(Uri llm)
    {
        var services = new ServiceCollection();
        services.AddKiwiBalancer(o => o.Limit = 8).AddClient("llm");
        services.AddHttpClient("llm", http => http.BaseAddress = llm);
var client = services.AddHttpClient("llm");
client.AddStandardResilienceHandler();
client.AddKiwiBalancer(configure: o => o.RejectWithResponse = true);  // a rejection is retried, after its Retry-After

        return services.BuildServiceProvider();
    }
}
