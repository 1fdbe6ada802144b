using System.Diagnostics;
using KiwiBalancer.Demo.Measuring;
using KiwiBalancer.Demo.Report;

namespace KiwiBalancer.Demo.Load;

/// <summary>Sends a scenario's requests when they are due, each without waiting for the others, and sees all of them end.</summary>
internal sealed class LoadRun
{
    private readonly Scenario _scenario;
    private readonly IGate _gate;
    private readonly RequestLog _log;
    private readonly IRunView _view;
    private readonly ISender?[] _senders;
    private readonly int[] _open;
    private readonly bool[] _removed;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _openClients;
    private long _start;

    public LoadRun(Scenario scenario, IGate gate, RequestLog log, IRunView view)
    {
        _scenario = scenario;
        _gate = gate;
        _log = log;
        _view = view;
        _senders = new ISender?[scenario.Clients.Count];
        _removed = new bool[scenario.Clients.Count];
        _open = [.. scenario.Clients.Select(c => c.Requests)];
        _openClients = scenario.PlannedClients;
    }

    /// <summary>The time since the run began.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>Ends when every request has.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _start = Stopwatch.GetTimestamp();
        await SendWhatIsDueAsync(cancellationToken);
        await _allEnded.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Has a client in reserve arrive, with all its requests at once.</summary>
    /// <returns>False when the run is over.</returns>
    public bool TryAdd(int client)
    {
        int open = Volatile.Read(ref _openClients);
        while (open > 0)
        {
            int seen = Interlocked.CompareExchange(ref _openClients, open + 1, open);
            if (seen == open)
            {
                (int first, IReadOnlyList<PlannedRequest> requests) = _scenario.ReserveOf(client);
                ISender sender = SenderOf(client);
                for (int i = 0; i < requests.Count; i++)
                {
                    _ = SendAsync(sender, new WorkRequest(first + i, client, requests[i].Cost, requests[i].Hold));
                }

                return true;
            }

            open = seen;
        }

        return false;
    }

    /// <summary>From now on nothing is sent for the client; what the balancer rejects because its handle is disposed is no failure.</summary>
    public void Remove(int client) => Volatile.Write(ref _removed[client], true);

    /// <summary>Removes every client, and does not wait for what is due later.</summary>
    public void Stop()
    {
        for (int client = 0; client < _removed.Length; client++)
        {
            Remove(client);
        }

        _stopped.TrySetResult();
    }

    // One loop for all clients, so that neither a thread nor a timer waits per request. Due times are up to a timer's millisecond late;
    // what is measured counts from the moment of sending.
    private async Task SendWhatIsDueAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<PlannedRequest> requests = _scenario.Requests;
        for (int next = 0; next < requests.Count;)
        {
            TimeSpan early = requests[next].Due - Elapsed;
            if (early > TimeSpan.Zero && !_stopped.Task.IsCompleted)
            {
                var wait = TimeSpan.FromMilliseconds(Math.Ceiling(early.TotalMilliseconds));
                await await Task.WhenAny(_stopped.Task, Task.Delay(wait, TimeProvider.System, cancellationToken));
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            PlannedRequest request = requests[next];
            if (Volatile.Read(ref _removed[request.Client]))
            {
                await CountOutAsync(request.Client);
            }
            else
            {
                _ = SendAsync(SenderOf(request.Client), new WorkRequest(next, request.Client, request.Cost, request.Hold));
            }

            next++;
        }
    }

    private ISender SenderOf(int client)
    {
        if (_senders[client] is { } known)
        {
            return known;
        }

        ClientPlan plan = _scenario.Clients[client];
        _view.Arrived(plan, Elapsed);
        return _senders[client] = _gate.Admit(plan.Name, plan.Weight);
    }

    // Never throws: whatever the request ends in is noted.
    private async Task SendAsync(ISender sender, WorkRequest request)
    {
        _log.Sent(request.Index, request.Client, request.Cost);
        Outcome outcome = Outcome.Failed;
        try
        {
            await sender.SendAsync(request);
            outcome = Outcome.Completed;
        }
        catch (Exception e) when (e is BalancerRejectedException or ObjectDisposedException && Volatile.Read(ref _removed[request.Client]))
        {
            outcome = Outcome.Withdrawn;
        }
        catch (Exception e)
        {
            _log.NoteError(e);
        }

        _log.Ended(request.Index, outcome);
        await CountOutAsync(request.Client);
    }

    private async Task CountOutAsync(int client)
    {
        if (Interlocked.Decrement(ref _open[client]) != 0)
        {
            return;
        }

        if (_senders[client] is { } sender)
        {
            _view.Finished(_scenario.Clients[client], Elapsed);
            await sender.DisposeAsync();
        }

        if (Interlocked.Decrement(ref _openClients) == 0)
        {
            _allEnded.SetResult();
        }
    }
}
