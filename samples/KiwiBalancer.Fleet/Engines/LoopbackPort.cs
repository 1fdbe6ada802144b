using System.Net;
using System.Net.Sockets;

namespace KiwiBalancer.Fleet.Engines;

/// <summary>Ports for servers that are started, killed and started again.</summary>
internal static class LoopbackPort
{
    private const int First = 15_000;
    private const int Count = 15_000;

    // Written by: whoever wants a port, by an increment. Each process begins elsewhere.
    private static int _next = Environment.ProcessId % Count;

    /// <summary>
    /// A loopback port that nobody uses now, and nobody else later: below those that the system hands out, since the port of a server that was killed once went to another's, and its node found that one well.
    /// </summary>
    public static int Free()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, First + (Interlocked.Increment(ref _next) % Count));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Somebody has it: the next one.
            }
        }
    }
}
