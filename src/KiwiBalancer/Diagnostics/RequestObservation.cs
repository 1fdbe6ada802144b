using KiwiBalancer.Clients;

namespace KiwiBalancer.Diagnostics;

/// <summary>One request as telemetry sees it. Made at the door if somebody listens then; who begins to listen later does not see half a request.</summary>
internal sealed class RequestObservation(ClientHandle client, int cost)
{
    private readonly long _arrived = client.Engine.NowOrLast();
    private long? _granted;
    private bool _hasWaited;
    private Exception? _failure;

    /// <summary>The request has been sent, and was granted or rejected at once or was not.</summary>
    public void Waits(bool isDecided) => _hasWaited = !isDecided;

    /// <summary>The slots are held.</summary>
    public void Granted()
    {
        var now = client.Engine.NowOrLast();
        _granted = now;
        if (_hasWaited)
        {
            client.Telemetry.Waited(client, cost, Since(_arrived, now), result: null);
        }
    }

    /// <summary>The slots have been given back, and all was well as far as anybody knows.</summary>
    public void Completed() => End(RequestResult.Completed, failure: null);

    public void Rejected(BalancerRejection rejection) => End(RequestResult.Of(rejection.Reason), failure: null);

    /// <summary>What it is running will end in an exception.</summary>
    public void Breaks(Exception exception) => _failure = exception;

    /// <summary>The slots have been given back, after what was noted by <see cref="Breaks"/>, if anything was.</summary>
    public void Ended(bool isCancelledByCaller)
    {
        if (_failure is null)
        {
            Completed();
        }
        else
        {
            Failed(_failure, isCancelledByCaller);
        }
    }

    /// <summary>The request ended in an exception.</summary>
    public void Failed(Exception exception, bool isCancelledByCaller)
    {
        switch (exception)
        {
            case BalancerRejectedException rejected when _granted is null:
                Rejected(rejected.Rejection);
                break;
            case OperationCanceledException when isCancelledByCaller || client.ForcedOut is not null:
                End(RequestResult.Canceled, failure: null);
                break;
            default:
                End(RequestResult.Failed, exception);
                break;
        }
    }

    private void End(string result, Exception? failure)
    {
        var now = client.Engine.NowOrLast();
        if (_hasWaited && _granted is null)
        {
            client.Telemetry.Waited(client, cost, Since(_arrived, now), result);
        }

        client.Telemetry.Ended(client, result, failure, _granted is { } granted ? Since(granted, now) : null);
    }

    private TimeSpan Since(long then, long now) => client.Engine.ToTimeSpan(Math.Max(0, now - then));
}
