using System.Diagnostics;
using System.Diagnostics.Metrics;
using KiwiBalancer.Clients;

namespace KiwiBalancer.Diagnostics;

/// <summary>What one balancer measures. Never called inside the grant loop; what a listener throws is the listener's and reaches no caller.</summary>
internal sealed class Telemetry(BalancerMeter meter, string balancer)
{
    private static readonly ActivitySource Source = new(BalancerMeter.Name);

    private readonly Counter<long> _requests = meter.Requests;
    private readonly Histogram<double> _timeInQueue = meter.TimeInQueue;
    private readonly Histogram<double> _duration = meter.Duration;
    private readonly ClientTags _clients = new();

    /// <summary>Whether anybody listens. Asked once a request, at the door; without short cuts, because four loads side by side and one branch cost less than four branches.</summary>
    public bool IsObserved => _requests.Enabled | _timeInQueue.Enabled | _duration.Enabled | Source.HasListeners();

    public string Balancer => balancer;

    /// <summary>The name of a client in metrics; null if clients are not named.</summary>
    public string? TagOf(ClientHandle client) => _clients.Of(client.Name, client.Engine.Settings.MaxClientsInMetrics);

    /// <summary>A request has waited: it was granted, or, with a <paramref name="result"/>, left without.</summary>
    public void Waited(ClientHandle client, int cost, TimeSpan wait, string? result)
    {
        try
        {
            _timeInQueue.Record(wait.TotalSeconds, Tag.Of(balancer, TagOf(client)));
            if (Source.HasListeners())
            {
                Trace(client, cost, wait, result);
            }
        }
        catch (Exception)
        {
            // See above.
        }
    }

    /// <summary>A request has ended. <paramref name="duration"/>: how long it held its slots; null if it never did.</summary>
    public void Ended(ClientHandle client, string result, Exception? failure, TimeSpan? duration)
    {
        try
        {
            var tags = Tag.Of(balancer, TagOf(client));
            tags.Add(Tag.Result, result);
            if (failure is not null)
            {
                tags.Add(Tag.ErrorType, failure.GetType().FullName);
            }

            _requests.Add(1, tags);
            if (duration is { } held)
            {
                _duration.Record(held.TotalSeconds, tags);
            }
        }
        catch (Exception)
        {
            // See above.
        }
    }

    /// <summary>Options that changed were wrong, and are not in force.</summary>
    public void InvalidReload()
    {
        try
        {
            meter.InvalidReloads.Add(1, Tag.Of(balancer, client: null));
        }
        catch (Exception)
        {
            // See above.
        }
    }

    // Made when the wait is over, on the caller's own context: a span that is nobody's current one while the request waits needs to be carried nowhere.
    private void Trace(ClientHandle client, int cost, TimeSpan wait, string? result)
    {
        var end = client.Engine.TimeProvider.GetUtcNow();
        TagList tags = [new(Tag.Balancer, balancer), new(Tag.Client, client.Name), new(Tag.Cost, cost)];
        if (result is not null)
        {
            tags.Add(Tag.Result, result);
        }

        using var span = Source.StartActivity("kiwibalancer.wait", ActivityKind.Internal, parentContext: default, tags, links: null, startTime: end - wait);
        span?.SetEndTime(end.UtcDateTime);
        if (result is not (null or RequestResult.Canceled))
        {
            span?.SetStatus(ActivityStatusCode.Error, result);
        }
    }
}
