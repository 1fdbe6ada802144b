using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KiwiBalancer.Interleavings.Tests.Exploring;

/// <summary>A message that is put together only if it is needed: most of the time there is nothing to say, a thousand times a millisecond.</summary>
[InterpolatedStringHandler]
[StructLayout(LayoutKind.Auto)]
internal ref struct ViolationMessage
{
    private DefaultInterpolatedStringHandler _text;

    public ViolationMessage(int literalLength, int formattedCount, bool condition, out bool isNeeded)
    {
        isNeeded = !condition;
        _text = isNeeded ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public void AppendFormatted(long value, string format) => _text.AppendFormatted(value, format);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
