using System.Net;

namespace KiwiBalancer.Demo.Load;

/// <summary>Requests before the run that are not counted: they open the connections and have the code of both processes compiled.</summary>
internal static class WarmUp
{
    private const int Rounds = 4000;

    /// <summary>How many requests it sends.</summary>
    public static int Requests(int limit) => limit + Rounds;

    public static async Task RunAsync(int limit, IServer<WorkRequest, HttpStatusCode> server, Func<IServer<WorkRequest, HttpStatusCode>, IGate> makeGate)
    {
        await using IGate gate = makeGate(server);
        await using ISender sender = gate.Admit("warm-up", 1);

        // All slots at once: as many connections as the run will need.
        await SendAsync(sender, limit, TimeSpan.FromMilliseconds(200));
        await SendAsync(sender, Rounds, TimeSpan.FromMilliseconds(Math.Clamp(limit / 4, 1, 25)));
    }

    private static Task<HttpStatusCode[]> SendAsync(ISender sender, int count, TimeSpan hold) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => sender.SendAsync(new WorkRequest(0, 0, 1, hold)).AsTask()));
}
