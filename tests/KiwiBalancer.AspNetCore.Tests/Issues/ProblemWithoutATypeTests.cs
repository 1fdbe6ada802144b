using System.Text.Json;
using KiwiBalancer.AspNetCore.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.AspNetCore.Tests.Issues;

/// <summary>Problem details without a type are of the type "about:blank", whose title has to be the status's own (RFC 9457, 4.2.1); ours was not. With AddProblemDetails there was a type, but for 429.</summary>
public sealed class ProblemWithoutATypeTests
{
    [Theory]
    [InlineData(503, UnknownClients.ShareDefault, false)]
    [InlineData(429, UnknownClients.ShareDefault, false)]
    [InlineData(403, UnknownClients.Refuse, false)]
    [InlineData(401, UnknownClients.Refuse, true)]
    public async Task Refusal_WithAndWithoutAddProblemDetails_HasTheSameType(int status, UnknownClients unknown, bool byKey)
    {
        var type = await TypeAsync(withService: true);
        Assert.StartsWith("https://tools.ietf.org/html/rfc", type, StringComparison.Ordinal);
        Assert.Equal(type, await TypeAsync(withService: false));

        async Task<string?> TypeAsync(bool withService)
        {
            await using var app = await GatedApp.StartAsync(
                o => (o.Limit, o.MaxQueueLength) = (1, 0),
                o =>
                {
                    o.UnknownClients = unknown;
                    o.RejectionStatusCode = status == 429 ? 429 : 503;
                    (o.ApiKeyHeader, o.ClientHeader) = byKey ? ("X-Api-Key", (string?)null) : (null, "X-Client");
                },
                builder =>
                {
                    if (withService)
                    {
                        builder.Services.AddProblemDetails();
                    }
                });
            if (unknown == UnknownClients.ShareDefault)
            {
                await app.HoldAsync("x", "1");
            }

            using var answer = await app.SendAsync("x", "2").Within();
            Assert.Equal(status, (int)answer.StatusCode);
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync().Within());
            return problem.RootElement.GetProperty("type").GetString();
        }
    }
}
