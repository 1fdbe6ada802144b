using KiwiBalancer.Redis.Diagnostics;
using KiwiBalancer.Redis.Engine;
using KiwiBalancer.Redis.Ledger;
using StackExchange.Redis;

namespace KiwiBalancer.Redis.Node;

/// <summary>What is done once with an engine, beside the reports: listen for pushes, look at its settings, tell who else is there.</summary>
internal sealed class Introduction(RedisEngine engine, RedisLog log, TimeSpan pause, TimeProvider clock, Action<Exception> fail)
{
    /// <summary>An engine that cannot be reached yet is subscribed to when it comes, and looked at then.</summary>
    public async Task ListenAndLookAsync(Action<CapPush> onPush, Task ended)
    {
        await UntilDoneAsync(() => engine.ListenAsync(onPush), ended).ConfigureAwait(false);
        await UntilDoneAsync(LookAsync, ended).ConfigureAwait(false);
    }

    /// <summary>A resource that the other processes do not mean is the one mistake that only a reader of the log can see. All is well without this answer, too.</summary>
    public async Task TellOfOthersAsync()
    {
        try
        {
            log.Joined(await engine.CountOthersAsync().ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
        }
    }

    private async Task LookAsync()
    {
        foreach (var warning in await EngineCheck.FindAsync(engine.Connection).ConfigureAwait(false))
        {
            log.UnsafeEngine(warning);
        }
    }

    private async Task UntilDoneAsync(Func<Task> work, Task ended)
    {
        while (!ended.IsCompleted)
        {
            try
            {
                await work().ConfigureAwait(false);
                return;
            }
            catch (Exception exception)
            {
                if (!ended.IsCompleted)
                {
                    fail(exception);
                    await Task.WhenAny(ended, Task.Delay(pause, clock)).ConfigureAwait(false);
                }
            }
        }
    }
}
