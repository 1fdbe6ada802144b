using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace KiwiBalancer.Demo.Server;

/// <summary>The server's one handler: holds slots for a while, and breaks when asked to hold more than it has.</summary>
internal sealed class FragileServer(int limit, int clients, int capacity)
{
    private readonly SlotCounter _slots = new(limit, clients);
    private readonly HoldLog _log = new(capacity);
    private readonly HoldTimer _timer = new();

    public Task HandleAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        return path switch
        {
            _ when path.StartsWith(ServerPath.Hold, StringComparison.Ordinal) => HoldAsync(context, path.AsSpan(ServerPath.Hold.Length)),
            ServerPath.State => AnswerAsync(context, System.Text.Encoding.ASCII.GetBytes(_slots.Read().Format())),
            ServerPath.Log => AnswerAsync(context, _log.ToBytes()),
            _ when path.StartsWith(ServerPath.Limit, StringComparison.Ordinal) => SetLimitAsync(context, path.AsSpan(ServerPath.Limit.Length)),
            ServerPath.Reset => ResetAsync(context),
            _ => StatusAsync(context, StatusCodes.Status404NotFound),
        };
    }

    // Not tied to the caller's connection: work that has begun runs to its end, whoever still waits for it.
    private Task HoldAsync(HttpContext context, ReadOnlySpan<char> arguments)
    {
        Span<Range> parts = stackalloc Range[4];
        if (arguments.Split(parts, '/') != 3
            || !int.TryParse(arguments[parts[0]], NumberStyles.None, CultureInfo.InvariantCulture, out int client) || client >= clients
            || !int.TryParse(arguments[parts[1]], NumberStyles.None, CultureInfo.InvariantCulture, out int cost) || cost < 1
            || !long.TryParse(arguments[parts[2]], NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds))
        {
            return StatusAsync(context, StatusCodes.Status400BadRequest);
        }

        return _slots.TryEnter(client, cost)
            ? HoldAsync(context, client, cost, TimeSpan.FromMicroseconds(microseconds))
            : StatusAsync(context, StatusCodes.Status503ServiceUnavailable);
    }

    private async Task HoldAsync(HttpContext context, int client, int cost, TimeSpan hold)
    {
        long entered = Stopwatch.GetTimestamp();
        if (hold > TimeSpan.Zero)
        {
            await _timer.WaitAsync(hold);
        }

        _log.Add(new HoldRecord(entered, Stopwatch.GetTimestamp(), client, cost));
        _slots.Leave(client, cost);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private Task SetLimitAsync(HttpContext context, ReadOnlySpan<char> argument) =>
        StatusAsync(context, !int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? StatusCodes.Status400BadRequest
            : _slots.TrySetLimit(value) ? StatusCodes.Status204NoContent
            : StatusCodes.Status409Conflict);

    private Task ResetAsync(HttpContext context)
    {
        if (_slots.Read().InFlight != 0)
        {
            return StatusAsync(context, StatusCodes.Status409Conflict);
        }

        _slots.Reset();
        _log.Reset();
        return StatusAsync(context, StatusCodes.Status204NoContent);
    }

    private static Task StatusAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentLength = status == StatusCodes.Status204NoContent ? null : 0;
        return Task.CompletedTask;
    }

    private static async Task AnswerAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    }
}
