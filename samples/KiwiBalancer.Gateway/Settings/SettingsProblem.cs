using Microsoft.Extensions.Options;

namespace KiwiBalancer.Gateway.Settings;

/// <summary>Finds in an exception what is wrong with the settings, in words for the user.</summary>
internal static class SettingsProblem
{
    /// <summary>Every problem; none if the exception is about something else.</summary>
    public static string[] In(Exception exception) => exception switch
    {
        AggregateException many => [.. many.InnerExceptions.SelectMany(In).Distinct(StringComparer.Ordinal)],
        OptionsValidationException wrong => [.. wrong.Failures],
        UnreadableSettingsException or DirectoryNotFoundException => [exception.Message],

        // A value of the wrong kind ('many' for a number), and a section that is not there.
        InvalidOperationException when exception.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal) => [exception.Message],
        ArgumentException { ParamName: "section" } => [exception.Message],
        _ => [],
    };
}
