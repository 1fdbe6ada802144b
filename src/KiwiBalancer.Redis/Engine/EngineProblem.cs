using StackExchange.Redis;

namespace KiwiBalancer.Redis.Engine;

/// <summary>What is wrong with the engine, in words that say what to do.</summary>
internal static class EngineProblem
{
    public static string Of(Exception exception, string resource)
    {
        var text = exception.Message;
        return exception switch
        {
            _ when Has("WRONGPASS") || Has("NOAUTH") || Has("invalid username-password") || Has("AuthenticationFailure") || Has("invalid password") =>
                "the engine refuses the user or the password. Set user= and password= in Configuration.",
            _ when Has("NOPERM") => $"the engine's access rules forbid it: {text} The user needs EVAL, EVALSHA, SCRIPT, INFO, TIME, the hash commands on keys kiwi:*, and PUBLISH and SUBSCRIBE on channels kiwi:*.",
            _ when Has("WRONGTYPE") => $"the key {LedgerScript.Key(resource)} holds something else. Choose another Resource, or delete the key.",
            _ when Has("READONLY") => "the engine is a read-only replica. Connect to the master, or name all of them in Configuration.",
            _ when Has("NOREPLICAS") => "the engine takes no writes while too few replicas are connected (min-replicas-to-write). It is right to: no lease is given until they are back.",
            _ when Has("OOM") => "the engine is out of memory. Raise maxmemory; the ledger needs about 200 bytes a process.",
            _ when Has("unknown command") || Has("scripting") || Has("Lua") || Has("EVAL") => $"the engine runs no Lua scripts: {text} Use Redis or Valkey, or switch scripting on.",
            _ when Has("KIWI ") => text,
            RedisTimeoutException => "the engine does not answer in time. It may be stopped, overloaded, or cut off.",
            RedisConnectionException => $"the engine cannot be reached: {FirstLine(text)} Check Configuration and the network.",
            _ => text,
        };

        bool Has(string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
    }

    private static string FirstLine(string text) => text.Split('\n', ';')[0].TrimEnd('.', ' ') + ".";
}
