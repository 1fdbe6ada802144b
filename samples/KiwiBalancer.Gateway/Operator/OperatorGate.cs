using System.Security.Cryptography;
using System.Text;
using KiwiBalancer.Gateway.Settings;
using Microsoft.AspNetCore.Http;

namespace KiwiBalancer.Gateway.Operator;

/// <summary>Lets requests of the operator's endpoints pass only with the operator's key, <c>Authorization: Bearer KEY</c>, as Prometheus sends it. All others see an empty answer.</summary>
internal sealed class OperatorGate(RequestDelegate next, SettingsInForce settings)
{
    private const string Scheme = "Bearer ";

    // Of this process: digests under it tell nothing of a key, and all have one length, so that a comparison takes the same time for every key.
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    public Task InvokeAsync(HttpContext context)
    {
        bool isOperator = IsOperator(context.Request);
        if (context.GetEndpoint()?.Metadata.GetMetadata<OperatorOnly>() is null)
        {
            if (isOperator)
            {
                // A path mistyped, and the server behind would have the operator's key.
                context.Request.Headers.Authorization = default;
            }

            return next(context);
        }

        if (isOperator)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = Scheme.Trim();
        return Task.CompletedTask;
    }

    private bool IsOperator(HttpRequest request) =>
        settings.Current.OperatorKey is { Length: > 0 } key
        && request.Headers.Authorization is [{ } given]
        && given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Digest(given[Scheme.Length..].Trim()), Digest(key));

    private byte[] Digest(string text) => HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(text));
}
