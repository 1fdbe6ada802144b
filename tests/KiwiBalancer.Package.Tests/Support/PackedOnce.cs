namespace KiwiBalancer.Package.Tests.Support;

/// <summary>Packing is done once for all that look at packages.</summary>
[CollectionDefinition(nameof(PackedOnce))]
public sealed class PackedOnce : ICollectionFixture<PackedPackages>;
