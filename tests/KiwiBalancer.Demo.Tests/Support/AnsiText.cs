using System.Text.RegularExpressions;

namespace KiwiBalancer.Demo.Tests.Support;

/// <summary>What a terminal would show of text with control sequences.</summary>
internal static partial class AnsiText
{
    public static string Plain(string text) => Sequence().Replace(text, "");

    [GeneratedRegex(@"\e\[[0-9;?]*[A-Za-z]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Sequence();
}
