using System.CommandLine;
using System.Globalization;
using KiwiBalancer.Demo.Arguments;
using KiwiBalancer.Fleet.Engines;

namespace KiwiBalancer.Fleet.Arguments;

/// <summary>The command line as it is declared and read. Everything that is wrong with it is said at once.</summary>
internal sealed class FleetCommand : SampleCommand
{
    private const string RedisServerName = "redis-server";
    private const string GarnetName = "garnet";
    private const int LeastChaos = 20;
    private static readonly IReadOnlyList<(string Name, int Weight)> SixNodes = [("alpha", 1), ("beta", 1), ("gamma", 1), ("delta", 1), ("epsilon", 2), ("zeta", 2)];

    private readonly Option<string> _limit = new("--limit") { HelpName = "N", Description = "The server's slots, which the nodes share, 1 to 1,000. Default: 20." };
    private readonly Option<string> _nodes = new(NodeArgument.Option)
    {
        HelpName = "name:weight,...",
        Description = "The nodes, a process each. Default: alpha:1,beta:1,gamma:2; with --chaos six.",
    };

    private readonly Option<string> _seconds = new("--seconds") { HelpName = "S", Description = "How long they are loaded, or until q is pressed. Default: 30." };
    private readonly Option<string> _chaos = new("--chaos") { HelpName = "SECONDS", Description = "How long, with one fault after another: nodes and engine killed, stopped and started again, the engine's memory lost, the limit changed." };
    private readonly Option<string> _seed = new("--seed") { HelpName = "N", Description = "Decides which faults, to whom and when. Default: 1." };
    private readonly Option<string> _redis = new("--redis") { HelpName = "HOST:PORT", Description = "A Redis or Valkey that runs already. It is used and not harmed. Default: one is started." };
    private readonly Option<string> _engine = new("--engine")
    {
        HelpName = $"{GarnetName}|{RedisServerName}",
        Description = "What is started: the embedded Garnet, or redis-server, which must be installed. Default: garnet; with --chaos redis-server if it is there.",
    };

    private readonly Option<string> _leastUtilisation = new("--least-utilisation") { HelpName = "PERCENT", Description = "The utilisation outside fault windows below which the run has failed; 0 to not check it. Default: 95." };
    private readonly Option<string> _json = new("--json") { HelpName = "FILE", Description = "Write the result to a file." };
    private readonly Option<string> _chart = new("--chart") { HelpName = "FILE.png", Description = "Draw the slots of each node over time." };
    private readonly Option<bool> _plain = new("--plain") { Description = "Plain lines, also on a terminal." };

    public FleetCommand()
        : base("Several processes share the slots of one fragile HTTP server through Redis, and the server counts whether they keep to its limit.") =>
        Add(_limit, _nodes, _seconds, _chaos, _seed, _redis, _engine, _leastUtilisation, _json, _chart, _plain);

    /// <exception cref="WrongArgumentException">Something in <paramref name="args"/> is not allowed; a line for each.</exception>
    public FleetArguments Parse(string[] args)
    {
        ParseResult result = ReadKnown(args);
        var wrong = new List<string>();
        var defaults = new FleetArguments();
        Try(() => RequireOneOf(result, _engine, GarnetName, RedisServerName));
        Try(() => RefuseTogether(result, _chaos, _seconds));
        Try(() => RefuseTogether(result, _redis, _engine));
        Try(RequireChaos);
        Try(RequireRedisServer);
        var arguments = new FleetArguments
        {
            Limit = Read(_limit, defaults.Limit, text => ArgumentText.Integer(_limit.Name, text, 1, 1_000)),
            Nodes = Read(_nodes, result.GetResult(_chaos) is null ? defaults.Nodes : SixNodes, NodeArgument.ParseList),
            Seconds = Read(_seconds, defaults.Seconds, text => ArgumentText.Positive(_seconds.Name, text, 3_600)),
            Chaos = Read<double?>(_chaos, null, text => ArgumentText.Integer(_chaos.Name, text, LeastChaos, 36_000)),
            Seed = Read(_seed, defaults.Seed, text => ArgumentText.Integer(_seed.Name, text, 0, int.MaxValue)),
            Redis = Read<string?>(_redis, null, Address),
            WantsRedisServer = result.GetValue(_engine) is { } engine ? engine == RedisServerName : null,
            LeastUtilisation = Read(_leastUtilisation, defaults.LeastUtilisation, text => ArgumentText.Percent(_leastUtilisation.Name, text) / 100),
            JsonPath = Read<string?>(_json, null, path => WritableFile(_json, path)),
            ChartPath = Read<string?>(_chart, null, path => PngFile(_chart, path)),
            Plain = result.GetValue(_plain),
        };
        return wrong.Count == 0 ? arguments : throw new WrongArgumentException(string.Join(Environment.NewLine, wrong));

        T Read<T>(Option<string> option, T otherwise, Func<string, T> convert)
        {
            T value = otherwise;
            Try(() => value = result.GetValue(option) is { } text ? convert(text) : otherwise);
            return value;
        }

        void Try(Action read)
        {
            try
            {
                read();
            }
            catch (WrongArgumentException e)
            {
                wrong.Add(e.Message);
            }
        }

        void RequireChaos()
        {
            if (result.GetResult(_seed) is not null && result.GetResult(_chaos) is null)
            {
                throw new WrongArgumentException($"{_seed.Name} is given without {_chaos.Name}, but there is nothing else for it to decide; give both, or leave {_seed.Name} out");
            }
        }

        void RequireRedisServer()
        {
            if (result.GetValue(_engine) == RedisServerName && RedisServer.Program is null)
            {
                throw new WrongArgumentException($"{_engine.Name} is {RedisServerName}, but it is not installed; install it (Debian: apt-get install redis-server), or leave {_engine.Name} out");
            }
        }
    }

    private static void RefuseTogether(ParseResult result, Option<string> option, Option<string> other)
    {
        if (result.GetResult(option) is not null && result.GetResult(other) is not null)
        {
            throw new WrongArgumentException($"{other.Name} is given together with {option.Name}, which decides the same; leave one out");
        }
    }

    private string Address(string text) =>
        text.Split(':') is [{ Length: > 0 } host, var port] && !host.Any(c => char.IsWhiteSpace(c) || c == ',') && int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and < 65_536
            ? text
            : throw new WrongArgumentException($"{_redis.Name} is '{text}', but must be HOST:PORT; write for example 127.0.0.1:6379");
}
