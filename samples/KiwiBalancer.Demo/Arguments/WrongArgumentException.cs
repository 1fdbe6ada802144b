namespace KiwiBalancer.Demo.Arguments;

/// <summary>The command line is wrong. The message is one line: what was given, what is allowed, what to do.</summary>
internal sealed class WrongArgumentException(string message) : Exception(message);
