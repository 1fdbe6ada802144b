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
        _open = [.. scenario.Clients.Select(c => c.Requests)];
        _openClients = _open.Length;
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

    // One loop for all clients, so that neither a thread nor a timer waits per request. Due times are up to a timer's millisecond late;
    // what is measured counts from the moment of sending.
    private async Task SendWhatIsDueAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<PlannedRequest> requests = _scenario.Requests;
        for (int next = 0; next < requests.Count;)
        {
            TimeSpan early = requests[next].Due - Elapsed;
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(early.TotalMilliseconds)), TimeProvider.System, cancellationToken);
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            PlannedRequest request = requests[next];
            _ = SendAsync(SenderOf(request.Client), new WorkRequest(next, request.Client, request.Cost, request.Hold));
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
        catch (Exception e)
        {
            _log.NoteError(e);
        }

        _log.Ended(request.Index, outcome);
        if (Interlocked.Decrement(ref _open[request.Client]) == 0)
        {
            await EndAsync(sender, request.Client);
        }
    }

    private async Task EndAsync(ISender sender, int client)
    {
        _view.Finished(_scenario.Clients[client], Elapsed);
        await sender.DisposeAsync();
        if (Interlocked.Decrement(ref _openClients) == 0)
        {
            _allEnded.SetResult();
        }
    }
}
