using System.Net;

namespace KiwiBalancer.Demo.Load;

/// <summary>Requests before the run that are not counted: they open the connections and have the code of both processes compiled.</summary>
internal static class WarmUp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How many requests it sends: enough for the compiler, and about a second's worth on few slots.</summary>
    public static int Requests(int limit) => limit + Rounds(limit);

    /// <param name="limit">The server's slots.</param>
    /// <param name="gate">What shares them; not the gate of the run, which should begin untouched.</param>
    /// <param name="cancellationToken">Stops waiting for it.</param>
    /// <exception cref="RunFailedException">It came to a standstill.</exception>
    public static async Task RunAsync(int limit, IGate gate, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(limit, gate).WaitAsync(Patience, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new RunFailedException($"the warm-up did not end within {Patience.TotalSeconds} s", e);
        }
    }

    private static async Task SendAsync(int limit, IGate gate)
    {
        await using ISender sender = gate.Admit("warm-up", 1);

        // All slots at once: as many connections as the run will need.
        await SendAsync(sender, limit, TimeSpan.FromMilliseconds(200));
        await SendAsync(sender, Rounds(limit), TimeSpan.FromMilliseconds(Math.Clamp(limit / 4, 1, 25)));
    }

    private static int Rounds(int limit) => Math.Min(4000, limit * 600);

    private static Task SendAsync(ISender sender, int count, TimeSpan hold) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => SendAsync(sender, new WorkRequest(0, 0, 1, hold))));

    private static async Task SendAsync(ISender sender, WorkRequest request)
    {
        try
        {
            await sender.SendAsync(request);
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            // A gate that sends too much is not found out here but in the run, where it is counted.
        }
    }
}
