using System.Diagnostics;

namespace KiwiBalancer.Demo.Measuring;

/// <summary>Every request of the run as its sender saw it, in memory set aside beforehand, and counts to show meanwhile.</summary>
/// <remarks>A record is written by one thread at a time, sent → granted → ended, and read as a whole only after the run.</remarks>
internal sealed class RequestLog(int requests, int clients)
{
    private readonly RequestRecord[] _records = new RequestRecord[requests];
    private readonly int[] _sent = new int[clients];
    private readonly int[] _granted = new int[clients];
    private readonly int[] _ended = new int[clients];
    private Exception? _firstError;

    public ReadOnlySpan<RequestRecord> Records => _records;

    /// <summary>What the first failed request ended in; the others are most likely its like.</summary>
    public Exception? FirstError => Volatile.Read(ref _firstError);

    public void Sent(int index, int client, int cost)
    {
        ref RequestRecord record = ref _records[index];
        record.Client = client;
        record.Cost = cost;
        record.Sent = Stopwatch.GetTimestamp();
        Interlocked.Increment(ref _sent[client]);
    }

    public void Granted(int index)
    {
        ref RequestRecord record = ref _records[index];
        record.Granted = Stopwatch.GetTimestamp();
        Interlocked.Increment(ref _granted[record.Client]);
    }

    public void Ended(int index, Outcome outcome)
    {
        ref RequestRecord record = ref _records[index];
        record.Ended = Stopwatch.GetTimestamp();
        record.Outcome = outcome;
        Interlocked.Increment(ref record.Endings);
        Interlocked.Increment(ref _ended[record.Client]);
    }

    public void NoteError(Exception error) => Interlocked.CompareExchange(ref _firstError, error, null);

    /// <summary>Requests of a client: sent, granted, ended so far.</summary>
    public (int Sent, int Granted, int Ended) Counts(int client)
    {
        // Ended before granted before sent, so that no difference of them is ever negative.
        int ended = Volatile.Read(ref _ended[client]);
        int granted = Volatile.Read(ref _granted[client]);
        return (Volatile.Read(ref _sent[client]), granted, ended);
    }

    /// <summary>Requests of all clients that have ended.</summary>
    public int TotalEnded() => Enumerable.Range(0, _ended.Length).Sum(client => Volatile.Read(ref _ended[client]));
}
