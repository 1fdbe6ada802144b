using System.Runtime.InteropServices;

namespace KiwiBalancer.Demo;

/// <summary>Turns Ctrl+C and SIGTERM into a token, so that the server's process is stopped before this one ends.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public Interrupt()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        // A second one ends this process at once; the server's notices that its input ends.
        context.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
