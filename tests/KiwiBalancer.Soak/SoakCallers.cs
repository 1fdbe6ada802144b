namespace KiwiBalancer.Soak;

/// <summary>Those who send: each one request after another, of any client, in any way the API has, some of them cancelled at any moment.</summary>
internal sealed class SoakCallers(SoakClients clients, SoakServer server, Storms storms, Tally tally, Findings findings, Func<bool> isOver)
{
    private const int MaxCost = SoakRun.MaxCost;

    public async Task SendAsync(Random random)
    {
        while (!isOver())
        {
            var client = clients.Any(random);
            var cost = random.Next(4) == 0 ? random.Next(1, MaxCost + 1) : 1;
            var end = random.Next(10) switch
            {
                0 => await Try(client, cost),
                1 => await Lease(client, cost, random),
                2 => await Stream(client, random),
                _ => await Send(client, cost, random),
            };
            tally.Count(end);
            if (end is End.QueueFull or End.Refused)
            {
                // Or there would be little else than those who are turned away and come again.
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 10)), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private async Task<End> Try(IClientHandle client, int cost)
    {
        try
        {
            if (!client.TryAcquire(cost, out var lease))
            {
                return End.Refused;
            }

            return await Hold(lease);
        }
        catch (ObjectDisposedException)
        {
            return End.Refused;
        }
    }

    private async Task<End> Lease(IClientHandle client, int cost, Random random)
    {
        using var source = Cancellation(random);
        var token = source?.Token ?? SharedToken(random);
        try
        {
            var lease = await client.AcquireOrRejectAsync(cost, token);
            return lease.Rejection is { } rejection ? Of(rejection.Reason) : await Hold(lease);
        }
        catch (OperationCanceledException exception)
        {
            return Cancelled(exception, running: null, token);
        }
        catch (ObjectDisposedException)
        {
            return End.Refused;
        }
    }

    private async Task<End> Hold(SlotLease lease)
    {
        server.Enter(lease.Cost);
        await Task.Yield();
        server.Leave(lease.Cost);

        // Twice, from two threads: only one of them gives back.
        var other = Task.Run(lease.Dispose);
        lease.Dispose();
        await other;
        return End.Served;
    }

    private async Task<End> Stream(IClientHandle client, Random random)
    {
        var (items, read) = (random.Next(1, 5), random.Next(1, 5));
        try
        {
            await foreach (var item in client.StreamAsync(Items, items))
            {
                if (item == read)
                {
                    break;
                }
            }

            return End.Served;
        }
        catch (OperationCanceledException)
        {
            return End.Stopped;
        }
        catch (BalancerRejectedException exception)
        {
            return Of(exception.Reason);
        }
        catch (ObjectDisposedException)
        {
            return End.Refused;
        }
    }

    private async IAsyncEnumerable<int> Items(int count, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        server.Enter(1);
        try
        {
            for (var i = 1; i <= count && !cancellationToken.IsCancellationRequested; i++)
            {
                await Task.Yield();
                yield return i;
            }
        }
        finally
        {
            server.Leave(1);
        }
    }

    private async Task<End> Send(IClientHandle client, int cost, Random random)
    {
        using var source = Cancellation(random);
        var token = source?.Token ?? SharedToken(random);
        var treatment = (Treatment)random.Next(random.Next(4) == 0 ? 7 : 3);
        if (treatment == Treatment.HangsUntilCancelled)
        {
            source?.CancelAfter(TimeSpan.FromMilliseconds(random.Next(1, 20)));
        }

        var request = new SoakRequest(cost, treatment == Treatment.HangsUntilCancelled && !token.CanBeCanceled ? Treatment.Yields : treatment);
        try
        {
            if (await client.For(server, static request => request.Cost).SendAsync(request, token) != cost)
            {
                findings.Add("a request got another one's answer");
            }

            if (request.Entered != 1)
            {
                findings.Add("a request was answered without the server");
            }

            return End.Served;
        }
        catch (ServerFault)
        {
            return End.Failed;
        }
        catch (OperationCanceledException exception)
        {
            return Cancelled(exception, client, token);
        }
        catch (BalancerRejectedException exception)
        {
            if (request.Entered != 0)
            {
                findings.Add("a rejected request has been at the server");
            }

            return Of(exception.Reason);
        }
        catch (ObjectDisposedException)
        {
            return End.Refused;
        }
    }

    private CancellationToken SharedToken(Random random) => random.Next(4) == 0 ? storms.Token : default;

    private End Cancelled(OperationCanceledException exception, IClientHandle? running, CancellationToken token)
    {
        if (!token.IsCancellationRequested)
        {
            return End.Stopped;
        }

        if (exception.CancellationToken != token)
        {
            // What ran was cancelled with its client; that the caller cancelled as well, a moment later, it could not say.
            if (running is not null && IsGone(running))
            {
                return End.Stopped;
            }

            findings.Add("a cancelled request carries another token than its caller's");
        }

        return End.Cancelled;
    }

    private static bool IsGone(IClientHandle client)
    {
        try
        {
            if (client.TryAcquire(out var lease))
            {
                lease.Dispose();
            }

            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    private static CancellationTokenSource? Cancellation(Random random)
    {
        if (random.Next(3) != 0)
        {
            return null;
        }

        var source = new CancellationTokenSource();
        switch (random.Next(4))
        {
            case 0:
                source.Cancel();
                break;
            case 1:
                source.CancelAfter(TimeSpan.FromMilliseconds(random.Next(0, 5)));
                break;
            default:
                ThreadPool.UnsafeQueueUserWorkItem(CancelLater, source, preferLocal: random.Next(2) == 0);
                break;
        }

        return source;
    }

    private static void CancelLater(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The request ended first.
        }
    }

    private static End Of(RejectionReason reason) => reason switch
    {
        RejectionReason.QueueFull => End.QueueFull,
        RejectionReason.QueueTimeout => End.QueueTimeout,
        _ => End.Closed,
    };
}
