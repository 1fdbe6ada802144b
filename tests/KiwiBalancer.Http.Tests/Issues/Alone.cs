namespace KiwiBalancer.Http.Tests.Issues;

/// <summary>For tests that take away what others need too.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
