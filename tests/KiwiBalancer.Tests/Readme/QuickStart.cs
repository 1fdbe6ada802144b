using KiwiBalancer;

namespace KiwiBalancer.Tests.Readme;

/// <summary>The first snippet of the README.</summary>
internal static class QuickStart
{
    public static async Task<string> RunAsync(CancellationToken cancellationToken)
    {
await using var balancer = new WeightedBalancer(limit: 100);          // the server takes 100 requests at once
var billing = balancer.Register("billing", weight: 2).For<string, string>(AskServerAsync);
var reports = balancer.Register("reports", weight: 1).For<string, string>(AskServerAsync);

// Send as much as you like, from anywhere: billing gets two thirds while both are busy, all of it while reports is not.
string answer = await billing.SendAsync("prompt", cancellationToken);

static async ValueTask<string> AskServerAsync(string prompt, CancellationToken cancellationToken) =>
    (await Model.CompleteAsync(prompt, cancellationToken)).Text;

        return await reports.SendAsync(answer, cancellationToken);
    }

    private static class Model
    {
        public static ValueTask<(string Text, int Tokens)> CompleteAsync(string prompt, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new(($"[{prompt}]", prompt.Length));
        }
    }
}
