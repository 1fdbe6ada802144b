namespace KiwiBalancer.Demo;

/// <summary>The run could not be completed, for a reason that lies in the demo's surroundings. The message is one line for the user.</summary>
internal sealed class RunFailedException(string message, Exception? inner = null) : Exception(message, inner);
