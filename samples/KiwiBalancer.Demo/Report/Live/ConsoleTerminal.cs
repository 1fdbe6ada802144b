using System.Runtime.InteropServices;
using System.Text;

namespace KiwiBalancer.Demo.Report.Live;

/// <summary>The terminal this process runs in.</summary>
internal sealed class ConsoleTerminal : ITerminal, IDisposable
{
    // The other screen, without a cursor; and back.
    private const string Enter = "\e[?1049h\e[?25l\e[2J";
    private const string Leave = "\e[?25h\e[?1049l";

    // Between these two a terminal that knows them shows nothing half drawn.
    private const string BeginUpdate = "\e[?2026h\e[H";
    private const string EndUpdate = "\e[J\e[?2026l";
    private readonly Lock _lock = new();
    private readonly Stream _out = Console.OpenStandardOutput();
    private readonly List<PosixSignalRegistration> _signals = [];
    private bool _isOpen;

    private ConsoleTerminal()
    {
        // At the first signal, before the run is stopped: a second one ends the process, and nobody would be left to do it.
        foreach (PosixSignal signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, _ => Close()));
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => Close();
    }

    public int Width => Math.Max(1, Console.WindowWidth);

    public int Height => Math.Max(1, Console.WindowHeight);

    /// <summary>Null where the output is no terminal, or one that cannot place its cursor.</summary>
    public static ConsoleTerminal? TryOpen() =>
        Console.IsOutputRedirected || Environment.GetEnvironmentVariable("TERM") is "dumb" ? null : new ConsoleTerminal();

    public void Open()
    {
        lock (_lock)
        {
            _isOpen = true;
            Write(Enter);
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            if (_isOpen)
            {
                _isOpen = false;
                Write(Leave);
            }
        }
    }

    public void Show(string frame)
    {
        lock (_lock)
        {
            if (_isOpen)
            {
                Write(BeginUpdate + frame + EndUpdate);
            }
        }
    }

    public bool TryReadKey(out ConsoleKeyInfo key)
    {
        bool pressed = !Console.IsInputRedirected && Console.KeyAvailable;
        key = pressed ? Console.ReadKey(intercept: true) : default;
        return pressed;
    }

    public void Dispose()
    {
        Close();
        _signals.ForEach(signal => signal.Dispose());
        _out.Dispose();
    }

    private void Write(string text)
    {
        _out.Write(Encoding.UTF8.GetBytes(text));
        _out.Flush();
    }
}
