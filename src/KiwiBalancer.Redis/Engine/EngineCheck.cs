using StackExchange.Redis;

namespace KiwiBalancer.Redis.Engine;

/// <summary>Looks at an engine's settings once, for those under which it may forget leases or give them twice. It reads INFO, for which no administrator's rights are needed.</summary>
internal static class EngineCheck
{
    /// <summary>What is unsafe, each with what to do. What an engine will not tell is not judged.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IConnectionMultiplexer connection)
    {
        var found = new List<string>();
        foreach (var server in connection.GetServers().Where(server => server.IsConnected && !server.IsReplica))
        {
            var memory = await InfoAsync(server, "memory").ConfigureAwait(false);
            var policy = memory.GetValueOrDefault("maxmemory_policy", "");
            if (policy.StartsWith("allkeys", StringComparison.Ordinal) && memory.GetValueOrDefault("maxmemory", "0") != "0")
            {
                found.Add($"{server.EndPoint} may evict the ledger when memory is short (maxmemory-policy {policy}), and then grants nothing until all leases have ended. Set maxmemory-policy noeviction, or a volatile one.");
            }

            // Told only where min-replicas-to-write is set.
            var replication = await InfoAsync(server, "replication").ConfigureAwait(false);
            if (replication.GetValueOrDefault("connected_slaves", "0") != "0" && !replication.ContainsKey("min_slaves_good_slaves"))
            {
                found.Add($"{server.EndPoint} has replicas and takes writes without them: cut off from them it would go on leasing while a promoted replica does too. Set min-replicas-to-write 1, and min-replicas-max-lag to less than the lease duration.");
            }
        }

        return found;
    }

    private static async Task<Dictionary<string, string>> InfoAsync(IServer server, string section)
    {
        try
        {
            var info = await server.InfoAsync(section).ConfigureAwait(false);
            return info.SelectMany(static part => part).ToDictionary(static line => line.Key, static line => line.Value, StringComparer.Ordinal);
        }
        catch (RedisServerException)
        {
            return [];
        }
    }
}
