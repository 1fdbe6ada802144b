using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace KiwiBalancer.Gateways;

/// <summary>The answer no, over HTTP: a status, <c>Retry-After</c>, and problem details (RFC 9457) with the reason.</summary>
internal static class Refusal
{
    public static Task UnknownAsync(HttpContext context, GatewaySettings settings)
    {
        var isKey = settings.RefusalStatusCode == StatusCodes.Status401Unauthorized;
        if (isKey)
        {
            context.Response.Headers[HeaderNames.WWWAuthenticate] = "ApiKey";
        }

        return WriteAsync(context, settings.RefusalStatusCode, isKey ? "The request has no valid API key." : "The request is of no known client.", "unknown_client", detail: null);
    }

    public static Task ClosedAsync(HttpContext context, GatewaySettings settings) => BusyAsync(
        context, StatusCodes.Status503ServiceUnavailable, "The server is shutting down.", "balancer_closed", detail: null, settings.RetryAfter);

    public static Task RejectedAsync(HttpContext context, GatewaySettings settings, BalancerRejection rejection)
    {
        // How many others wait is nobody's business; that the own queue is full is.
        var (title, reason, detail) = rejection.Reason switch
        {
            RejectionReason.QueueFull => ("The server is busy and its queue is full.", "queue_full", "Send less at once, or try again later."),
            RejectionReason.QueueTimeout => ("The server is busy, and the request has waited too long.", "queue_timeout", "Send less at once, or try again later."),
            RejectionReason.ClientClosed => ("The client has been removed.", "client_closed", null),
            _ => ("The server is shutting down.", "balancer_closed", (string?)null),
        };
        return BusyAsync(context, settings.RejectionStatusCode, title, reason, detail, rejection.RetryAfter is { } known && known > TimeSpan.Zero ? known : settings.RetryAfter);
    }

    private static Task BusyAsync(HttpContext context, int status, string title, string reason, string? detail, TimeSpan retryAfter)
    {
        var seconds = (long)Math.Ceiling(Math.Clamp(retryAfter.TotalSeconds, 1, TimeSpan.SecondsPerDay));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return WriteAsync(context, status, title, reason, detail);
    }

    private static async Task WriteAsync(HttpContext context, int status, string title, string reason, string? detail)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        if (context.RequestServices.GetService<IProblemDetailsService>() is { } service)
        {
            var details = new ProblemDetails { Type = TypeOf(status), Status = status, Title = title, Detail = detail, Extensions = { ["reason"] = reason } };
            if (await service.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = details }).ConfigureAwait(false))
            {
                return;
            }
        }

        // Without AddProblemDetails, which an application may not want for its own errors.
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString("type", TypeOf(status));
            writer.WriteString("title", title);
            writer.WriteNumber("status", status);
            if (detail is not null)
            {
                writer.WriteString("detail", detail);
            }

            writer.WriteString("reason", reason);
            writer.WriteEndObject();
        }

        context.Response.ContentType = "application/problem+json";
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.Body.WriteAsync(body.WrittenMemory).ConfigureAwait(false);
    }

    // Where ASP.NET Core has one, the same; without a type the title would have to be the status's own.
    private static string TypeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "https://tools.ietf.org/html/rfc9110#section-15.5.2",
        StatusCodes.Status403Forbidden => "https://tools.ietf.org/html/rfc9110#section-15.5.4",
        StatusCodes.Status429TooManyRequests => "https://tools.ietf.org/html/rfc6585#section-4",
        _ => "https://tools.ietf.org/html/rfc9110#section-15.6.4",
    };
}
