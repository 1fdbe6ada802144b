using KiwiBalancer.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace KiwiBalancer.Gateways;

/// <summary>One balancer in the pipeline: a request finds its client, waits for its slots, is handled, and gives them back.</summary>
internal sealed class BalancerGateway : IDisposable
{
    private readonly IBalancer _balancer;
    private readonly WholeOptions _options;
    private readonly ILogger _logger;
    private readonly VisitorBook _visitors;
    private readonly List<IDisposable> _registrations = [];
    private readonly Lock _reloading = new();

    // Written by: Reload, under its lock. Order: volatile; a request reads it once and goes by that.
    private volatile GatewaySettings _settings;

    public BalancerGateway(IBalancer balancer, WholeOptions options, TimeProvider timeProvider, ILogger logger)
    {
        _balancer = balancer;
        _options = options;
        _logger = logger;
        _settings = GatewaySettings.From(options.Create().Gateway);
        _visitors = new VisitorBook(balancer, _settings.Visitors, timeProvider);
    }

    public void Follow<TOptions>(IEnumerable<IOptionsChangeTokenSource<TOptions>> sources)
    {
        foreach (var source in sources.Where(source => source.Name is null || source.Name == _options.Name))
        {
            _registrations.Add(ChangeToken.OnChange(source.GetChangeToken, Reload));
        }
    }

    /// <param name="context">The request.</param>
    /// <param name="cost">Slots; 0: as the options say.</param>
    /// <param name="next">What handles the request.</param>
    public async Task HandleAsync(HttpContext context, int cost, RequestDelegate next)
    {
        var settings = _settings;
        var aborted = context.RequestAborted;
        var slots = cost > 0 ? cost : settings.Cost(context);
        using var visit = Find(context, settings);
        if (visit.Client is not { } client)
        {
            await (settings.UnknownClients == UnknownClients.Refuse && !_balancer.IsDisposed ? Refusal.UnknownAsync(context, settings) : Refusal.ClosedAsync(context, settings)).ConfigureAwait(false);
            return;
        }

        SlotLease lease;
        try
        {
            lease = await client.AcquireOrRejectAsync(slots, aborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // Nobody reads the answer; the status is for those who count.
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }
        catch (ObjectDisposedException)
        {
            await Refusal.ClosedAsync(context, settings).ConfigureAwait(false);
            return;
        }

        if (lease.Rejection is { } rejection)
        {
            await Refusal.RejectedAsync(context, settings, rejection).ConfigureAwait(false);
            return;
        }

        using (lease)
        {
            context.Features.Set<IKiwiBalancerFeature>(new Balanced(client, lease));
            context.RequestAborted = settings.FinishAborted ? CancellationToken.None : aborted;
            await next(context).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _visitors.Dispose();
    }

    /// <summary>The client, or none: refused, or the balancer has been disposed.</summary>
    private Visit Find(HttpContext context, GatewaySettings settings)
    {
        var name = settings.FindName(context);
        if (name is { Length: > 0 and <= ClientName.MaxLength } && !name.StartsWith(VisitorBook.Prefix, StringComparison.Ordinal) && _balancer.TryGetClient(name, out var known))
        {
            return new Visit(known);
        }

        if (settings.UnknownClients == UnknownClients.Refuse)
        {
            return default;
        }

        if (settings.UnknownClients == UnknownClients.Register && name is { Length: > 0 and <= ClientName.MaxLength } && _visitors.TryEnter(name, out var visit))
        {
            return visit;
        }

        return _balancer.TryGetClient(settings.DefaultClient, out var shared) ? new Visit(shared) : default;
    }

    private void Reload()
    {
        lock (_reloading)
        {
            try
            {
                var (balancer, gateway) = _options.Create();
                var settings = GatewaySettings.From(gateway);

                // First what may be refused: the balancer follows by itself too, but then its part could be in force without this one.
                _balancer.Reconfigure(balancer);
                _visitors.Rules = settings.Visitors;
                _settings = settings;
            }
            catch (ObjectDisposedException)
            {
                // Too late to matter.
            }
            catch (Exception exception)
            {
                Log.InvalidReload(_logger, exception, _balancer.Name);
            }
        }
    }

    private sealed record Balanced(IClientHandle Client, SlotLease Lease) : IKiwiBalancerFeature;
}
