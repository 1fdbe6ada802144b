namespace KiwiBalancer.Soak;

/// <summary>What the server throws on purpose.</summary>
internal sealed class ServerFault : Exception;
