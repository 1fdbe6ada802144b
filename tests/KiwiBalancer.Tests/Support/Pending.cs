namespace KiwiBalancer.Tests.Support;

/// <summary>
/// A request for slots whose answer is looked at without a thread or a continuation: what the engine has decided when a call returns is seen at once, so a test needs no waiting.
/// </summary>
internal sealed class Pending(ValueTask<SlotLease> answer)
{
    private bool _isRead;
    private SlotLease _lease;

    /// <summary>Granted, rejected or cancelled.</summary>
    public bool IsAnswered => _isRead || answer.IsCompleted;

    /// <summary>Granted and not released.</summary>
    public bool IsHeld => IsAnswered && Lease.IsHeld;

    public bool IsCancelled => !_isRead && answer.IsCanceled;

    public RejectionReason? Reason => IsAnswered ? Lease.Rejection?.Reason : null;

    /// <summary>The answer, read once however often it is asked for.</summary>
    public SlotLease Lease
    {
        get
        {
            if (!_isRead)
            {
                Assert.True(answer.IsCompleted, "The request has not been answered.");
                _isRead = true;
                _lease = answer.Result;
            }

            return _lease;
        }
    }

    public static Pending Of(IClientHandle client, int cost = 1, CancellationToken token = default) => new(client.AcquireOrRejectAsync(cost, token));

    public static Pending[] Many(IClientHandle client, int count, int cost = 1) => [.. Enumerable.Range(0, count).Select(_ => Of(client, cost))];

    public void Release()
    {
        Assert.True(IsHeld, "Only what is held can be released.");
        Lease.Dispose();
    }

    /// <summary>Releases those that hold, again and again, until every one of them has been answered.</summary>
    public static void Finish(params IEnumerable<Pending> requests)
    {
        var left = requests.ToList();
        Eventually.True(
            () =>
            {
                foreach (var held in left.Where(request => request.IsHeld).ToArray())
                {
                    held.Release();
                }

                return left.RemoveAll(request => request.IsAnswered && !request.IsHeld) >= 0 && left.Count == 0;
            },
            "every request is answered");
    }
}
