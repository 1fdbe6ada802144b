namespace KiwiBalancer.Tests.Granting.Mutations;

/// <summary>The policy without one of its rules.</summary>
/// <param name="Rule">The rule that is switched off.</param>
/// <param name="Test">The named test that must fail then.</param>
/// <param name="Edits">What switches it off.</param>
internal sealed record Mutation(string Rule, Action Test, params Edit[] Edits);
