namespace KiwiBalancer.Lab.Replay;

/// <summary>A replay at one limit, ours first.</summary>
internal sealed record ReplayResult(int Limit, IReadOnlyList<ReplayOutcome> Policies)
{
    public ReplayOutcome Ours => Policies[0];

    public ReplayOutcome Of(string policy) => Policies.Single(p => p.Policy == policy);
}
