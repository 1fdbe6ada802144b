namespace KiwiBalancer.Fragile;

/// <summary>The server could not be started. The message is one line for the user.</summary>
internal sealed class ServerFailedException(string message, Exception? inner = null) : Exception(message, inner);
