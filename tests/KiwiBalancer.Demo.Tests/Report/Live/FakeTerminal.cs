using KiwiBalancer.Demo.Report.Live;
using KiwiBalancer.Demo.Tests.Support;

namespace KiwiBalancer.Demo.Tests.Report.Live;

/// <summary>A terminal in memory, at which a key is pressed whenever something new was shown.</summary>
internal sealed class FakeTerminal(string keys) : ITerminal
{
    private readonly Lock _lock = new();
    private readonly Queue<char> _keys = new(keys);
    private bool _isReady;

    public int Width => 100;

    public int Height => 30;

    public bool IsOpen { get; private set; }

    public int KeysLeft => _keys.Count;

    public List<string> Frames { get; } = [];

    public void Open()
    {
        lock (_lock)
        {
            IsOpen = true;
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            IsOpen = false;
        }
    }

    public void Show(string frame)
    {
        lock (_lock)
        {
            Frames.Add(AnsiText.Plain(frame));
            _isReady = true;
        }
    }

    public bool TryReadKey(out ConsoleKeyInfo key)
    {
        lock (_lock)
        {
            bool pressed = _isReady && _keys.Count > 0;
            key = pressed ? new ConsoleKeyInfo(_keys.Dequeue(), ConsoleKey.None, shift: false, alt: false, control: false) : default;
            _isReady = false;
            return pressed;
        }
    }
}
