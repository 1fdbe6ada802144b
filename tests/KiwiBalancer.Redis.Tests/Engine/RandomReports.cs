using KiwiBalancer.Redis.Ledger;
using KiwiBalancer.Redis.Tests.Schedules;

namespace KiwiBalancer.Redis.Tests.Engine;

/// <summary>A stream of reports as a fleet might send them, and some that no sane fleet would: the script must do what the function does, whatever comes.</summary>
internal sealed class RandomReports(ulong seed, int nodes)
{
    private readonly Dictionary<string, long> _seqs = [];
    private readonly Dictionary<string, LeaseReply> _replies = [];
    private ulong _turn;

    public int Below(int bound) => (int)(Chance.Of(seed, _turn++) * bound);

    public NodeReport Next()
    {
        var node = $"{Below(nodes):x4}";
        var seq = _seqs.GetValueOrDefault(node) + 1 - (Below(20) == 0 ? Below(3) : 0);
        _seqs[node] = Math.Max(seq, _seqs.GetValueOrDefault(node));
        var last = _replies.GetValueOrDefault(node) ?? new LeaseReply { Seq = 0 };
        var held = Below(10) == 0 ? 0 : Below(30) == 0 ? Below(40) : last.Cap;
        var weight = 1 + Below(Below(4) == 0 ? 1_000_000 : 5);
        var satisfiedWeight = Below(3) == 0 ? Below(weight + 1) : 0;
        var demand = Below(3) == 0 ? 0 : Below(30);
        return new NodeReport
        {
            Node = node,
            Seq = seq,
            Run = last.Run,
            Held = held,
            Echo = last.Exp,
            InFlight = Below(5) == 0 ? 0 : Below(held + 1 + (Below(20) == 0 ? 5 : 0)),
            Demand = demand,
            Weight = weight,
            Satisfied = satisfiedWeight == 0 ? 0 : Below(demand + 1),
            SatisfiedWeight = satisfiedWeight,
            Limit = Below(40) == 0 ? Below(30) : Below(60) == 0 ? 0 : 20,
            Ttl = 2_000,
            Linger = 600,
            IsLeaving = Below(40) == 0,
        };
    }

    public void Answered(NodeReport report, LeaseReply reply)
    {
        if (!reply.IsRefused && Below(10) != 0)
        {
            _replies[report.Node] = reply;
        }
    }
}
