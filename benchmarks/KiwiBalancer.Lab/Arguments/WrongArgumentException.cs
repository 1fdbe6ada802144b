namespace KiwiBalancer.Lab.Arguments;

/// <summary>Something on the command line is not allowed. The message is one line: what was given, what is allowed, what to do.</summary>
internal sealed class WrongArgumentException(string message) : Exception(message);
