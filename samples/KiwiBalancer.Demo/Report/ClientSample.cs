namespace KiwiBalancer.Demo.Report;

/// <summary>A client at a moment of the run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weight">Its relative claim.</param>
/// <param name="InFlight">Slots it holds, as the server sees it.</param>
/// <param name="Share">Slots it is entitled to: the max-min share of its demand.</param>
/// <param name="Waiting">Its requests that wait for a slot.</param>
/// <param name="Sent">Its requests that have been sent.</param>
/// <param name="Ended">Its requests that have ended.</param>
/// <param name="Requests">Its requests in all.</param>
internal sealed record ClientSample(string Name, int Weight, int InFlight, double Share, int Waiting, int Sent, int Ended, int Requests)
{
    /// <summary>How far it is, as a fraction.</summary>
    public double Progress => (double)Ended / Requests;

    /// <summary>Whether it has arrived.</summary>
    public bool HasArrived => Sent > 0;
}
