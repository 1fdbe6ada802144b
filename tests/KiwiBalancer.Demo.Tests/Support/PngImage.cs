using SkiaSharp;

namespace KiwiBalancer.Demo.Tests.Support;

/// <summary>A picture read back from its file.</summary>
internal sealed record PngImage(int Width, int Height, SKColor[] Pixels)
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static PngImage Read(string path)
    {
        Assert.Equal(Signature, File.ReadAllBytes(path).AsSpan(0, Signature.Length).ToArray());
        using SKBitmap bitmap = SKBitmap.Decode(path);
        return new PngImage(bitmap.Width, bitmap.Height, bitmap.Pixels);
    }

    public int Count((byte Red, byte Green, byte Blue) colour) => Pixels.Count(p => (p.Red, p.Green, p.Blue) == colour);
}
