namespace KiwiBalancer.Gateway.Settings;

/// <summary>There is no such file, or what it holds is no JSON object. The message is for the user.</summary>
internal sealed class UnreadableSettingsException(string path, Exception inner) : Exception($"'{path}' cannot be read: {(inner.InnerException ?? inner).Message}", inner);
