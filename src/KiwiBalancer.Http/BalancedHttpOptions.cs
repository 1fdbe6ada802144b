namespace KiwiBalancer;

/// <summary>How the calls of one named or typed <see cref="HttpClient"/> go through a balancer. Read when a handler is made.</summary>
/// <remarks>As named options: the name is that of the <see cref="HttpClient"/>, and with a balancer that has a name, <c>client/balancer</c>.</remarks>
public sealed class BalancedHttpOptions
{
    /// <summary>The balancer's client that the calls belong to.</summary>
    /// <value>Default (null): the client that is called like the <see cref="HttpClient"/>.</value>
    public string? Client { get; set; }

    /// <summary>Says which client a call belongs to; null: <see cref="Client"/>. Called for each call that does not say so itself (<see cref="BalancedRequest.Client"/>), from any thread.</summary>
    /// <value>Default (null): not used.</value>
    public Func<HttpRequestMessage, string?>? SelectClient { get; set; }

    /// <summary>How many slots a call takes, where it does not say so itself (<see cref="BalancedRequest.Cost"/>). Called from any thread.</summary>
    /// <value>It must give 1 to <see cref="KiwiBalancerOptions.MaxCost"/>. Default (null): 1.</value>
    public Func<HttpRequestMessage, int>? Cost { get; set; }

    /// <summary>Whether the slot comes back when the response's headers are there. For servers whose work is done by then.</summary>
    /// <value>Default: false, it comes back when the body has been read to its end, or the response disposed.</value>
    public bool ReleaseAtHeaders { get; set; }

    /// <summary>Whether a rejected call is answered 503 with <c>Retry-After</c>, as if by the server, so that a resilience pipeline treats it like that.</summary>
    /// <value>Default: false, <see cref="BalancerRejectedException"/> is thrown.</value>
    public bool RejectWithResponse { get; set; }
}
