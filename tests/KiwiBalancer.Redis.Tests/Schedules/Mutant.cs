using KiwiBalancer.Redis.Ledger;
using KiwiBalancer.Redis.Node;

namespace KiwiBalancer.Redis.Tests.Schedules;

/// <summary>A protocol with one rule missing, made by what stands between the shipped code and the simulated world. This one misses none.</summary>
internal class Mutant
{
    public static readonly Mutant None = new();

    public virtual NodeSettings Settings(NodeSettings settings) => settings;

    public virtual EngineMoment Moment(FleetLedger? ledger, EngineMoment moment) => moment;

    public virtual StepResult Step(FleetLedger? ledger, NodeReport report, EngineMoment moment) => LedgerStep.Step(ledger, report, moment);

    public virtual LeaseReply Arriving(LeaseReply reply, LeaseKeeper keeper, NodeTime sent, NodeTime now) => reply;

    public virtual CapPush Arriving(CapPush push, LeaseKeeper keeper) => push;

    public virtual bool MayGrant(LeaseKeeper keeper, int inFlight, NodeTime now) => keeper.MayGrant(inFlight, now);
}
