using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Requests;

public sealed class ExecutionContextTests
{
    private static readonly AsyncLocal<string?> Who = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_AfterQueueing_TheServerRunsInItsOwnCallersContext(bool isCancellable)
    {
        using var balancer = new WeightedBalancer(1);
        using var source = new CancellationTokenSource();
        var client = balancer.Register("a");
        var holder = client.Take();

        Who.Value = "first";
        var first = client.RunAsync(static _ => new ValueTask<string?>(Who.Value), isCancellable ? source.Token : default);
        Who.Value = "second";
        var second = client.RunAsync(static _ => new ValueTask<string?>(Who.Value), isCancellable ? source.Token : default);
        Who.Value = "releaser";
        holder.Dispose();

        Assert.Equal(("first", "second"), (await first.Within(), await second.Within()));
        Assert.Equal("releaser", Who.Value);
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Send_FlowSuppressed_TheServerSeesNobodysContext()
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");
        var holder = client.Take();
        Task<string?> waiting;
        using (ExecutionContext.SuppressFlow())
        {
            waiting = client.RunAsync(static _ => new ValueTask<string?>(Who.Value)).AsTask();
        }

        Who.Value = "releaser";
        holder.Dispose();

        Assert.Null(await waiting.Within());
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Send_OnTheCallersThread_WhatTheServerSetsStaysWithTheServer()
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");
        Who.Value = "caller";

        await client.RunAsync(static async _ =>
        {
            Who.Value = "server";
            await Task.Yield();
            return 0;
        }).Within();

        Assert.Equal("caller", Who.Value);
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Acquire_UnderASingleThreadedContext_ComesBackToItWithoutDeadlock()
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");
        var bound = client.For<int, int>(static async (request, _) =>
        {
            await Task.Yield();
            return request;
        });
        var wrong = 0;

        await PumpContext.Run(async () =>
        {
            var thread = Environment.CurrentManagedThreadId;
            await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
            {
                using (await client.AcquireAsync())
                {
                    wrong += Environment.CurrentManagedThreadId == thread ? 0 : 1;
                    await Task.Yield();
                }

                wrong += await bound.SendAsync(i) == i && Environment.CurrentManagedThreadId == thread ? 0 : 1;
            }));
            await client.DisposeAsync();
            wrong += Environment.CurrentManagedThreadId == thread ? 0 : 1;
        }).Within();

        Assert.Equal(0, wrong);
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Grant_AContextRefusesTheContinuation_HarmsNeitherTheReleaserNorTheOthers()
    {
        using var balancer = new WeightedBalancer(2);
        var client = balancer.Register("a");
        var held = new[] { client.Take(), client.Take() };
        var context = new RefusingContext();
        var refused = client.AcquireAsync();
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        refused.GetAwaiter().OnCompleted(() => Assert.Fail("Nobody can run this."));
        SynchronizationContext.SetSynchronizationContext(before);
        var others = Enumerable.Range(0, 5).Select(i => client.RunAsync(_ => new ValueTask<int>(i)).AsTask()).ToArray();

        Array.ForEach(held, lease => lease.Dispose());

        Assert.Equal(10, (await Task.WhenAll(others).Within()).Sum());
        Assert.Equal(1, context.Refused);

        // The slot is its caller's, who can still take it.
        refused.Granted().Dispose();
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Grant_AServerBlocksItsThread_OthersAreGrantedAllTheSame()
    {
        using var balancer = new WeightedBalancer(2);
        using var gate = new ManualResetEventSlim();
        var client = balancer.Register("a");
        var held = new[] { client.Take(), client.Take() };
        var blocked = client.RunAsync(_ =>
        {
            Assert.True(gate.Wait(Eventually.Watchdog, CancellationToken.None));
            return new ValueTask<int>(-1);
        }).AsTask();
        var others = Enumerable.Range(0, 20).Select(i => client.RunAsync(_ => new ValueTask<int>(i)).AsTask()).ToArray();

        Array.ForEach(held, lease => lease.Dispose());

        Assert.Equal(190, (await Task.WhenAll(others).Within()).Sum());
        Assert.False(blocked.IsCompleted);
        gate.Set();
        await blocked.Within();
        Integrity.Check(balancer);
    }

    [Fact]
    public async Task Grant_AContinuationBlocksTheReleaser_OtherThreadsGrantAllTheSame()
    {
        using var balancer = new WeightedBalancer(2);
        using var entered = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        var client = balancer.Register("a");
        var (one, two) = (client.Take(), client.Take());
        var blocking = client.AcquireAsync();
        InlineContext.OnCompletion(blocking, () =>
        {
            entered.Set();
            gate.Wait(Eventually.Watchdog, CancellationToken.None);
        });
        var next = client.AcquireAsync().AsTask();

        var releasing = Task.Run(one.Dispose);
        Assert.True(entered.Wait(Eventually.Watchdog));
        two.Dispose();

        (await next.Within()).Dispose();
        Assert.False(releasing.IsCompleted);
        gate.Set();
        await releasing.Within();
        blocking.Granted().Dispose();
        Integrity.Check(balancer);
    }
}
