namespace KiwiBalancer.Tests.Granting.Mutations;

/// <summary>One place in the policy's sources, and what stands there instead.</summary>
internal sealed record Edit(string File, string From, string To);
