using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.Tests.Readme;

public sealed record Prompt(string Text);

public sealed record Completion(string Text);

public sealed class FragileServer : IServer<Prompt, Completion>
{
    public ValueTask<Completion> ProcessAsync(Prompt request, CancellationToken cancellationToken) => new(new Completion($"[{request.Text}]"));
}

public sealed class Invoices([FromKeyedServices("billing")] IClientHandle<Prompt, Completion> billing)
{
    public ValueTask<Completion> DescribeAsync(Prompt prompt, CancellationToken cancellationToken) =>
        billing.SendAsync(prompt, cancellationToken);
}

internal sealed class ApplicationBuilder
{
    public ServiceCollection Services { get; } = new();
}

internal static class InAnApplication
{
    public static IServiceProvider Build()
    {
        var builder = new ApplicationBuilder();
builder.Services.AddKiwiBalancer(o => o.Limit = 100)
    .AddServer<FragileServer, Prompt, Completion>()
    .AddClient("billing", weight: 2)
    .AddClient("reports");

        return builder.Services.AddSingleton<Invoices>().BuildServiceProvider();
    }
}
