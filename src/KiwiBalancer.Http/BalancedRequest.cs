namespace KiwiBalancer;

/// <summary>What a single call says for itself, in <see cref="HttpRequestMessage.Options"/>. It goes before <see cref="BalancedHttpOptions"/>.</summary>
public static class BalancedRequest
{
    /// <summary>The balancer's client that the call belongs to: <c>request.Options.Set(BalancedRequest.Client, "billing")</c>.</summary>
    public static HttpRequestOptionsKey<string> Client { get; } = new("KiwiBalancer.Client");

    /// <summary>How many slots the call takes, 1 to <see cref="KiwiBalancerOptions.MaxCost"/>.</summary>
    public static HttpRequestOptionsKey<int> Cost { get; } = new("KiwiBalancer.Cost");
}
