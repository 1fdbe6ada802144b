using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace KiwiBalancer.Fragile;

/// <summary>The server's one handler: holds slots for a while, and breaks when asked to hold more than it has.</summary>
internal sealed class FragileServer(int limit, int clients, int capacity)
{
    private static readonly byte[] Body = [.. Enumerable.Repeat((byte)'.', 16 * 1024)];
    private readonly SlotCounter _slots = new(limit, clients);
    private readonly HoldLog _log = new(capacity);
    private readonly HoldTimer _timer = new();

    public Task HandleAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        return path switch
        {
            _ when path.StartsWith(ServerPath.Hold, StringComparison.Ordinal) => HoldAsync(context, path.AsSpan(ServerPath.Hold.Length)),
            ServerPath.Work => WorkAsync(context),
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
        Span<Range> parts = stackalloc Range[5];
        int bytes = 0;
        int count = arguments.Split(parts, '/');
        if (count is not (3 or 4)
            || !int.TryParse(arguments[parts[0]], NumberStyles.None, CultureInfo.InvariantCulture, out int client) || client >= clients
            || !int.TryParse(arguments[parts[1]], NumberStyles.None, CultureInfo.InvariantCulture, out int cost) || cost < 1
            || !long.TryParse(arguments[parts[2]], NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds)
            || (count == 4 && !(int.TryParse(arguments[parts[3]], NumberStyles.None, CultureInfo.InvariantCulture, out bytes) && bytes > 0)))
        {
            return StatusAsync(context, StatusCodes.Status400BadRequest);
        }

        if (IsLate(context.Request))
        {
            _slots.RefuseLate();
            return StatusAsync(context, StatusCodes.Status410Gone);
        }

        return _slots.TryEnter(client, cost)
            ? HoldAsync(context, client, cost, TimeSpan.FromMicroseconds(microseconds), bytes)
            : StatusAsync(context, StatusCodes.Status503ServiceUnavailable);
    }

    // A fence: whoever was stopped between his decision to send and the first byte is told so, and takes no slot that is another's by now.
    private static bool IsLate(HttpRequest request) =>
        request.QueryString.Value is { } query && query.StartsWith(ServerPath.StartBy, StringComparison.Ordinal)
        && long.TryParse(query.AsSpan(ServerPath.StartBy.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long by) && Stopwatch.GetTimestamp() > by;

    private async Task HoldAsync(HttpContext context, int client, int cost, TimeSpan hold, int bytes)
    {
        long entered = Stopwatch.GetTimestamp();
        if (hold > TimeSpan.Zero)
        {
            await _timer.WaitAsync(hold);
        }

        // The last byte comes after the slots are counted out: whoever has the whole answer may send the next request at once.
        for (int left = bytes - 1; left > 0; left -= Body.Length)
        {
            await context.Response.Body.WriteAsync(Body.AsMemory(0, Math.Min(left, Body.Length)));
        }

        _log.Add(new HoldRecord(entered, Stopwatch.GetTimestamp(), client, cost));
        _slots.Leave(client, cost);
        if (bytes == 0)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        else
        {
            await context.Response.Body.WriteAsync(Body.AsMemory(0, 1));
        }
    }

    private async Task WorkAsync(HttpContext context)
    {
        if (!_slots.TryEnter(client: 0, cost: 1))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await AnswerAsync(context, "broken: more was asked of the fragile server than it can take\n"u8.ToArray());
            return;
        }

        await _timer.WaitAsync(TimeSpan.FromMilliseconds(500));
        ServerState state = _slots.Read();
        _slots.Leave(client: 0, cost: 1);
        await AnswerAsync(context, System.Text.Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"done; {state.InFlight} of {state.Limit} slots held, {state.MaxInFlight} at most so far, {state.Violations} violations\n")));
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
