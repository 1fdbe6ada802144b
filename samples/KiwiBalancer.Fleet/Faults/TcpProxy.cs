using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using KiwiBalancer.Fleet.Engines;

namespace KiwiBalancer.Fleet.Faults;

/// <summary>A bad network between the nodes and the engine: it delays, lets nothing through in one direction or both, and cuts connections in the middle of an answer.</summary>
/// <remarks>What is held back comes through later, as with TCP: the old reports and old answers are what a ledger must not fall for.</remarks>
internal sealed class TcpProxy : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Socket, Socket> _pairs = new();
    private readonly Task _accepting;

    // Invariant: what the network does to what comes from now on. Written by: whoever sets it. Order: volatile.
    private long _delayTicks;
    private bool _holdsRequests;
    private bool _holdsAnswers;
    private int _cutAfter = -1;
    private int _target;

    private TcpProxy(int target)
    {
        Target = target;
        _listener = new TcpListener(IPAddress.Loopback, LoopbackPort.Free());
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How to connect through it, as StackExchange.Redis writes it.</summary>
    public string Configuration => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port},abortConnect=false,connectTimeout=2000");

    /// <summary>Where connections go that are made from now on: a port on loopback.</summary>
    public int Target
    {
        get => Volatile.Read(ref _target);
        set => Volatile.Write(ref _target, value);
    }

    /// <summary>How long every piece takes in each direction.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _delayTicks));
        set => Volatile.Write(ref _delayTicks, value.Ticks);
    }

    /// <summary>What nodes send waits until this is false again; the connection stays.</summary>
    public bool HoldsRequests
    {
        get => Volatile.Read(ref _holdsRequests);
        set => Volatile.Write(ref _holdsRequests, value);
    }

    /// <summary>What the engine answers waits until this is false again; the connection stays.</summary>
    public bool HoldsAnswers
    {
        get => Volatile.Read(ref _holdsAnswers);
        set => Volatile.Write(ref _holdsAnswers, value);
    }

    /// <param name="engine">The port of the engine, on loopback.</param>
    public static TcpProxy To(int engine) => new(engine);

    /// <summary>Cuts the connection of the next answer after so many bytes of it.</summary>
    public void CutNextAnswerAfter(int bytes) => Volatile.Write(ref _cutAfter, bytes);

    /// <summary>Whether the cut that was asked for has been made.</summary>
    public bool HasCut => Volatile.Read(ref _cutAfter) < 0;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        foreach ((Socket node, Socket engine) in _pairs)
        {
            node.Dispose();
            engine.Dispose();
        }

        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket node = await _listener.AcceptSocketAsync(_stop.Token);
                var engine = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                _pairs[node] = engine;
                _ = ServeAsync(node, engine);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(Socket node, Socket engine)
    {
        try
        {
            node.NoDelay = engine.NoDelay = true;
            await engine.ConnectAsync(IPAddress.Loopback, Target, _stop.Token);
            await Task.WhenAny(CopyAsync(node, engine, isAnswer: false), CopyAsync(engine, node, isAnswer: true));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The engine is away, or this is disposed: the node sees its connection end.
        }

        _pairs.TryRemove(node, out _);
        node.Dispose();
        engine.Dispose();
    }

    // Reads on while what was read is under way, so that a delay is one, whatever comes behind.
    private async Task CopyAsync(Socket from, Socket to, bool isAnswer)
    {
        Task sent = Task.CompletedTask;
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var count)
            {
                int cut = isAnswer ? Interlocked.Exchange(ref _cutAfter, -1) : -1;
                byte[] piece = buffer[..(cut < 0 ? count : Math.Min(count, cut))];
                sent = SendAsync(sent, to, piece, isAnswer, Stopwatch.GetTimestamp() + (long)(Delay.TotalSeconds * Stopwatch.Frequency));
                if (cut >= 0)
                {
                    break;
                }
            }

            await sent;
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Either side has ended.
        }
    }

    private async Task SendAsync(Task before, Socket to, byte[] piece, bool isAnswer, long due)
    {
        TimeSpan left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, TimeProvider.System, _stop.Token);
        }

        await before;
        while (isAnswer ? HoldsAnswers : HoldsRequests)
        {
            await Task.Delay(Poll, TimeProvider.System, _stop.Token);
        }

        await to.SendAsync(piece, _stop.Token);
    }
}
