namespace KiwiBalancer.Tests.Models;

/// <summary>
/// What holds of many clients together, whoever is next: as many slots are in use as the limit and the demand allow, and each client's numbers are those of its own requests. Requests of cost 1, so nothing is kept back.
/// </summary>
internal sealed class ManyClientsModel(int limit)
{
    public int Limit { get; private set; } = limit;

    public int InFlight { get; private set; }

    public int Waiting { get; private set; }

    /// <summary>Lets one in, or puts it in line.</summary>
    public void Acquire()
    {
        Waiting++;
        Grant();
    }

    public bool TryAcquire()
    {
        var isFree = Waiting == 0 && InFlight < Limit;
        InFlight += isFree ? 1 : 0;
        return isFree;
    }

    public void Release()
    {
        InFlight--;
        Grant();
    }

    public void Cancel() => Waiting--;

    public void SetLimit(int value)
    {
        Limit = value;
        Grant();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{InFlight} of {Limit}, {Waiting} waiting";

    private void Grant()
    {
        while (Waiting > 0 && InFlight < Limit)
        {
            Waiting--;
            InFlight++;
        }
    }
}
