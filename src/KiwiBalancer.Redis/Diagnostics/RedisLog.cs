using Microsoft.Extensions.Logging;

namespace KiwiBalancer.Redis.Diagnostics;

/// <summary>What one node has to say. The same thing is not said again before a while has passed.</summary>
internal sealed class RedisLog(ILogger logger, string resource, TimeProvider timeProvider)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private string? _lastProblem;
    private long _saidAt;
    private (int Own, int InForce) _limits;

    public void Problem(string problem, Exception exception)
    {
        lock (_lock)
        {
            if (problem == _lastProblem && timeProvider.GetElapsedTime(_saidAt) < Quiet)
            {
                return;
            }

            (_lastProblem, _saidAt) = (problem, timeProvider.GetTimestamp());
        }

        Log.Problem(logger, exception, resource, problem);
    }

    public void Well()
    {
        lock (_lock)
        {
            _lastProblem = null;
        }

        Log.Well(logger, resource);
    }

    public void Joined(long others) => Log.Joined(logger, resource, others);

    public void LeaseLost(string? problem) => Log.LeaseLost(logger, resource, problem ?? "the engine did not answer in time.");

    public void Quarantined(long milliseconds) => Log.Quarantined(logger, resource, TimeSpan.FromMilliseconds(milliseconds).TotalSeconds);

    public void UnsafeEngine(string warning) => Log.UnsafeEngine(logger, resource, warning);

    public void LimitDiffers(int own, int inForce)
    {
        lock (_lock)
        {
            if (_limits == (own, inForce))
            {
                return;
            }

            _limits = (own, inForce);
        }

        if (own > inForce)
        {
            Log.LimitDiffers(logger, resource, own, inForce);
        }
    }
}
