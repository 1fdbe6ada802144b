using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.Tests.Readme;

internal sealed record Query(bool IsHeavy);

internal sealed record Table(int Rows);

internal sealed class Llm(params string[] tokens)
{
    public async IAsyncEnumerable<string> CompleteAsync(string prompt, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var token in tokens.Prepend(prompt))
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return token;
        }
    }
}

/// <summary>Writes like a response of ASP.NET Core.</summary>
internal sealed class Response
{
    public string Text { get; private set; } = "";

    public Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        Text += text;
        return Task.CompletedTask.WaitAsync(cancellationToken);
    }
}

internal sealed class ConfiguredBuilder(IConfiguration configuration)
{
    public ServiceCollection Services { get; } = new();

    public IConfiguration Configuration { get; } = configuration;
}

internal static class Recipes
{
    public static ServiceProvider Configured(IConfiguration configuration)
    {
        var builder = new ConfiguredBuilder(configuration);
builder.Services.AddKiwiBalancer("gpu", builder.Configuration.GetSection("Gpu"))
    .AddServer<FragileServer, Prompt, Completion>();                  // keyed "gpu/billing": IClientHandle<Prompt, Completion>

        return builder.Services.BuildServiceProvider();
    }

    public static async Task<string> StreamAsync(IClientHandle chat, Llm llm, string prompt, CancellationToken cancellationToken)
    {
        var response = new Response();
await foreach (string token in chat.StreamAsync(ct => llm.CompleteAsync(prompt, ct), cancellationToken))
{
    await response.WriteAsync(token, cancellationToken);
}

        return response.Text;
    }

    public static async Task<Table> QueryAsync()
    {
var database = new WeightedBalancer(new KiwiBalancerOptions { Limit = 20, QueueTimeout = TimeSpan.FromSeconds(5) });
var screens = database.Register("screens", weight: 4).For<Query, Table>(RunQueryAsync, query => query.IsHeavy ? 5 : 1);

        static ValueTask<Table> RunQueryAsync(Query query, CancellationToken cancellationToken) => new(new Table(query.IsHeavy ? 1000 : 1));
        await using (database)
        {
            return await screens.SendAsync(new Query(IsHeavy: true));
        }
    }

    public static async Task<string> AskPartnerAsync(IClientHandle partner, CancellationToken cancellationToken)
    {
using SlotLease slot = await partner.AcquireOrRejectAsync(cancellationToken: cancellationToken);
if (slot.Rejection is { } rejection)
{
    return TryLater(rejection.RetryAfter);
}

        return "asked";
    }

    public static async Task<long> NightlyAsync(IBalancer balancer, IServer<Prompt, Completion> server, IAsyncEnumerable<Prompt> documents, CancellationToken cancellationToken)
    {
        var saved = 0L;
var people = balancer.Register("people", weight: 100).For(server);
var nightly = balancer.Register("nightly", weight: 1).For(server);
await foreach (var result in nightly.SendAllAsync(documents, new SendAllOptions { ContinueOnError = true }, cancellationToken))
{
    await SaveAsync(result);                                          // pulls no faster than the server serves
}

        await people.DisposeAsync();
        return saved;

        ValueTask SaveAsync(SendResult<Prompt, Completion> result)
        {
            saved += result.IsSuccess ? 1 : 0;
            return default;
        }
    }

    private static string TryLater(TimeSpan? after) => $"later: {after?.TotalSeconds ?? 1} s";
}
