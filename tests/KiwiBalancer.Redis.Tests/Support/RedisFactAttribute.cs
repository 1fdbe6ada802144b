namespace KiwiBalancer.Redis.Tests.Support;

/// <summary>A test that needs <c>redis-server</c>. Skipped where it is not installed, unless the run must be complete.</summary>
public sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute()
    {
        if (RedisServer.Program is null && !Run.IsComplete)
        {
            Skip = "redis-server is not installed (Debian: apt-get install redis-server).";
        }
    }
}
