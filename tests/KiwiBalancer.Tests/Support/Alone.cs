namespace KiwiBalancer.Tests.Support;

/// <summary>For tests that look at the whole process, its memory for one: nothing else runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
