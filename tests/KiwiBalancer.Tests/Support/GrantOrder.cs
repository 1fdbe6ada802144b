namespace KiwiBalancer.Tests.Support;

/// <summary>Watches in which order the waiters of several clients are granted, one more slot at a time; a client is written as the first letter of its name.</summary>
internal sealed class GrantOrder
{
    private readonly List<(char Client, ValueTask<SlotLease> Task, bool IsSeen)> _sent = [];

    public string Seen { get; private set; } = "";

    public void Send(IClientHandle client, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _sent.Add((client.Name[0], client.AcquireAsync(), false));
        }
    }

    /// <summary>Raises the limit by one until it is <paramref name="limit"/>.</summary>
    public string AfterRaisingLimitStepByStep(IBalancer balancer, int limit)
    {
        while (balancer.Limit < limit)
        {
            balancer.Limit++;
            Look();
        }

        return Seen;
    }

    public void Look()
    {
        for (var i = 0; i < _sent.Count; i++)
        {
            if (!_sent[i].IsSeen && _sent[i].Task.IsCompleted)
            {
                _sent[i] = _sent[i] with { IsSeen = true };
                Seen += _sent[i].Client;
            }
        }
    }

    /// <summary>Gives back everything, and what is granted thereby, until nothing is left.</summary>
    public void ReleaseAll()
    {
        while (_sent.Count > 0)
        {
            var next = _sent.FindIndex(sent => sent.Task.IsCompleted);
            Assert.True(next >= 0, "Somebody waits although everything was given back.");
            var task = _sent[next].Task;
            _sent.RemoveAt(next);
            task.Granted().Dispose();
        }
    }

    /// <summary>Gives back one by one, oldest grant first, and writes down what is granted thereby.</summary>
    public void ReleaseAllWatching()
    {
        while (_sent.Count > 0)
        {
            var next = _sent.FindIndex(sent => sent.IsSeen);
            Assert.True(next >= 0, "Somebody waits although everything was given back.");
            var task = _sent[next].Task;
            _sent.RemoveAt(next);
            task.Granted().Dispose();
            Look();
        }
    }
}
