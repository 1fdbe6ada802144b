using System.Net;
using KiwiBalancer.Demo.Measuring;

namespace KiwiBalancer.Demo.Load;

/// <summary>The server, with the moment noted at which a request was granted its slots: the balancer calls the server then.</summary>
internal sealed class LoggedServer(IServer<WorkRequest, HttpStatusCode> server, RequestLog log) : IServer<WorkRequest, HttpStatusCode>
{
    public ValueTask<HttpStatusCode> ProcessAsync(WorkRequest request, CancellationToken cancellationToken)
    {
        log.Granted(request.Index);

        // The server works on whoever still waits, so a slot must stay taken until it has answered: the token is not passed on.
        return server.ProcessAsync(request, CancellationToken.None);
    }
}
