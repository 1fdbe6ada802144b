namespace KiwiBalancer.Demo.Report.Chart;

/// <summary>A colour for each client that people with any colour vision tell apart (Okabe and Ito), the same on the terminal and in the picture.</summary>
internal static class Palette
{
    private static readonly (byte Red, byte Green, byte Blue)[] Colours =
    [
        (0x00, 0x72, 0xB2), (0xE6, 0x9F, 0x00), (0x00, 0x9E, 0x73), (0xCC, 0x79, 0xA7), (0x56, 0xB4, 0xE9), (0xD5, 0x5E, 0x00), (0xF0, 0xE4, 0x42),
    ];

    /// <summary>Whether what is written on it must be dark.</summary>
    public static bool IsLight(byte red, byte green, byte blue) => (0.3 * red) + (0.6 * green) + (0.1 * blue) > 150;

    public static (byte Red, byte Green, byte Blue) Of(int client) => Colours[client % Colours.Length];
}
