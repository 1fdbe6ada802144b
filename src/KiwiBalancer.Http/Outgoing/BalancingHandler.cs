using System.Net;
using System.Net.Http.Headers;

namespace KiwiBalancer.Outgoing;

/// <summary>Takes a slot, sends the call, and gives the slot back when the response is done.</summary>
internal sealed class BalancingHandler(IBalancer balancer, string name, BalancedHttpOptions options) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var lease = await Acquire(request, cancellationToken).ConfigureAwait(false);
        if (lease.Rejection is { } rejection)
        {
            return Reject(request, rejection);
        }

        try
        {
            return Hand(request, await base.SendAsync(request, cancellationToken).ConfigureAwait(false), lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var lease = BlockedCaller.WaitFor(Acquire(request, cancellationToken));
        if (lease.Rejection is { } rejection)
        {
            return Reject(request, rejection);
        }

        try
        {
            return Hand(request, base.Send(request, cancellationToken), lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private ValueTask<SlotLease> Acquire(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var client = Find(request);
        var cost = request.Options.TryGetValue(BalancedRequest.Cost, out var own) ? own : options.Cost?.Invoke(request) ?? 1;
        return options.RejectWithResponse ? client.AcquireOrRejectAsync(cost, cancellationToken) : client.AcquireAsync(cost, cancellationToken);
    }

    private IClientHandle Find(HttpRequestMessage request)
    {
        var wanted = request.Options.TryGetValue(BalancedRequest.Client, out var own) ? own : options.SelectClient?.Invoke(request) ?? options.Client ?? name;
        return balancer.TryGetClient(wanted, out var client) ? client
            : balancer.IsDisposed ? throw new ObjectDisposedException(nameof(IBalancer), $"Balancer '{balancer.Name}' has been disposed; it takes no more calls of HttpClient '{name}'.")
            : throw new InvalidOperationException($"Balancer '{balancer.Name}' has no client '{wanted}' for this call of HttpClient '{name}'. Add it (AddClient, or Clients in its options), or name another: BalancedHttpOptions.Client, SelectClient, or BalancedRequest.Client.");
    }

    private HttpResponseMessage Hand(HttpRequestMessage request, HttpResponseMessage response, SlotLease lease)
    {
        if (options.ReleaseAtHeaders || HasNoBody(request, response))
        {
            lease.Dispose();
        }
        else
        {
            response.Content = new HeldContent(response.Content, lease);
        }

        return response;
    }

    // Nobody reads what is not there.
    private static bool HasNoBody(HttpRequestMessage request, HttpResponseMessage response) =>
        request.Method == HttpMethod.Head || response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotModified || response.Content.Headers.ContentLength == 0;

    private static HttpResponseMessage Reject(HttpRequestMessage request, BalancerRejection rejection)
    {
        var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { RequestMessage = request, ReasonPhrase = $"Rejected by the balancer: {rejection.Reason}" };
        if (rejection.RetryAfter is { } after)
        {
            response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(Math.Ceiling(Math.Clamp(after.TotalSeconds, 1, TimeSpan.SecondsPerDay))));
        }

        return response;
    }
}
