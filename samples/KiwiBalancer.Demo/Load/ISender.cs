using System.Net;

namespace KiwiBalancer.Demo.Load;

/// <summary>A client's way to the server. Disposing it says that the client has nothing more to send.</summary>
internal interface ISender : IAsyncDisposable
{
    /// <summary>Waits for a slot, then sends the request.</summary>
    ValueTask<HttpStatusCode> SendAsync(WorkRequest request);
}
