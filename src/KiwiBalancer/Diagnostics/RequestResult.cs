namespace KiwiBalancer.Diagnostics;

/// <summary>How a request ended, in the words of the metrics.</summary>
internal static class RequestResult
{
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Canceled = "canceled";

    public static string Of(RejectionReason reason) => reason switch
    {
        RejectionReason.QueueFull => "queue_full",
        RejectionReason.QueueTimeout => "queue_timeout",
        RejectionReason.ClientClosed => "client_closed",
        _ => "balancer_closed",
    };
}
