using System.Globalization;

namespace KiwiBalancer.Demo.Arguments;

/// <summary>Reads numbers from the command line, whatever the machine's culture.</summary>
internal static class ArgumentText
{
    public static int Integer(string what, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value
            : throw new WrongArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"{what} is '{text}', but must be a whole number from {least:N0} to {most:N0}; give one in that range"));

    /// <summary>A number above zero; NaN and infinity are not numbers here.</summary>
    public static double Positive(string what, string text, double most) =>
        TryNumber(text, out double value) && value > 0 && value <= most
            ? value
            : throw new WrongArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"{what} is '{text}', but must be a number above 0, at most {most:N0}; give one in that range, like 2 or 0.5"));

    public static double Percent(string what, string text) =>
        TryNumber(text, out double value) && value >= 0 && value <= 100
            ? value
            : throw new WrongArgumentException($"{what} is '{text}', but must be a number of percent from 0 to 100; give one in that range, like 99");

    // An empty name, or one with a separator of the options in it, could not be told from a mistyped option.
    public static string ClientName(string option, string text) =>
        text.Length is > 0 and <= 40 && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is ',' or ':')
            ? text
            : throw new WrongArgumentException($"{option} names a client '{text}', but a name has 1 to 40 characters without spaces, commas and colons; give it another");

    public static void RequireDistinct(string option, IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (!seen.Add(name))
            {
                throw new WrongArgumentException($"{option} names the client '{name}' twice, but names must differ; rename one");
            }
        }
    }

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
