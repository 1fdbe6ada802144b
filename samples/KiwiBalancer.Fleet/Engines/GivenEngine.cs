using KiwiBalancer.Demo;
using StackExchange.Redis;

namespace KiwiBalancer.Fleet.Engines;

/// <summary>An engine that runs already, somebody's: it is used and never harmed.</summary>
internal sealed class GivenEngine(string address) : IEngine
{
    public string Name => address;

    public bool HasSnapshots => false;

    public string Configuration => $"{address},abortConnect=false";

    public int? ProcessId => null;

    /// <summary>Sees that it is there.</summary>
    /// <exception cref="RunFailedException">It is not.</exception>
    public async Task RequireAsync()
    {
        try
        {
            await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync($"{address},connectTimeout=5000,connectRetry=1");
        }
        catch (RedisException e)
        {
            throw new RunFailedException($"no Redis answers at {address} ({e.Message.Split('\n', ';')[0].TrimEnd('.', ' ')}); start one, or leave --redis out", e);
        }
    }

    public Task KillAsync() => throw new NotSupportedException();

    public Task StartAgainAsync(bool fromSnapshot = false) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
