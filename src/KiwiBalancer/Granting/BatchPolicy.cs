namespace KiwiBalancer.Granting;

/// <summary>
/// The requests waiting when a batch starts form it; their clients share the limit by weight, as under <see cref="WeightedPolicy"/>, until all of them are done. Later requests wait for the next batch.
/// </summary>
internal sealed class BatchPolicy : IGrantPolicy
{
    private readonly WeightedPolicy _weighted = new();

    // Clients with requests that wait, in the order in which they began to.
    private readonly LinkedLine<BatchClaim, BatchClaim.Links> _line = new();

    // The last arrival that belongs to the running batch, and how many clients have requests of it waiting.
    private long _end;
    private int _waiting;
    private int _inFlight;

    public bool HasOpenDoor => false;

    public double AskAgainAt => double.PositiveInfinity;

    public Claim NewClaim() => new BatchClaim(_weighted.NewClaim());

    public object PrepareRoom(int claims) => _weighted.PrepareRoom(claims);

    public void InstallRoom(object room) => _weighted.InstallRoom(room);

    public void Begin(int limit, int inFlight, double now)
    {
        _inFlight = inFlight;
        _weighted.Begin(limit, inFlight, now);
    }

    public void Advance(int limit, int inFlight, double now)
    {
        _inFlight = inFlight;
        _weighted.Advance(limit, inFlight, now);
    }

    public void Granted(Claim claim, int cost) => ((BatchClaim)claim).Left -= cost;

    public void Update(Claim claim, double now)
    {
        var client = (BatchClaim)claim;
        if (client.HeadCost > 0 != client.IsInLine)
        {
            if (client.IsInLine)
            {
                _line.Remove(client);
            }
            else
            {
                _line.AddLast(client);
            }

            client.IsInLine = !client.IsInLine;
        }

        Show(client, now);
    }

    public Claim? Next(double now)
    {
        if (_waiting == 0 && _inFlight == 0 && _line.First is not null)
        {
            StartBatch(now);
        }

        return (Claim?)_weighted.Next(now)?.Owner;
    }

    private void StartBatch(double now)
    {
        for (var client = _line.First; client is not null; client = client.After)
        {
            _end = Math.Max(_end, client.TailSequence);
            client.Left = client.Waiting;
        }

        for (var client = _line.First; client is not null; client = client.After)
        {
            Show(client, now);
        }
    }

    /// <summary>Tells the weighted policy of the client's part in the running batch.</summary>
    private void Show(BatchClaim client, double now)
    {
        var part = client.InBatch;
        var hadWaiters = part.HeadCost > 0;
        var hasWaiters = client.HeadCost > 0 && client.HeadSequence <= _end;
        if (!hasWaiters && client.HeadCost > 0)
        {
            client.Left = 0;
        }

        part.Weight = client.Weight;
        part.InFlight = client.InFlight;
        part.MaxCost = client.MaxCost;
        part.HeadSequence = client.HeadSequence;
        part.HeadCost = hasWaiters ? client.HeadCost : 0;
        part.Wanted = hasWaiters ? Math.Min(client.Wanted, Math.Max(client.Left, client.HeadCost)) : 0;
        _waiting += (hasWaiters ? 1 : 0) - (hadWaiters ? 1 : 0);
        _weighted.Update(part, now);
    }
}
