using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.Http.Tests.Issues;

/// <summary>A caller of <c>Send</c> that had waited was woken by way of the thread pool. With all of the pool's threads blocked, in <c>Send</c> for one, nobody woke it: forty calls at two slots took half a minute.</summary>
[Collection(nameof(Alone))]
public sealed class SendWaitsForThePoolTests
{
    [Fact]
    public void Send_WhileEveryPoolThreadIsBlocked_IsWokenByWhoeverGivesTheSlotBack()
    {
        using var provider = Provide();
        var balancer = provider.GetRequiredService<IBalancer>();
        var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient("llm");
        Assert.True(balancer.TryGetClient("llm", out var client));
        Assert.True(client.TryAcquire(out var held));
        using var answered = new ManualResetEventSlim();
        var caller = new Thread(() =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "http://unused/");
            using var answer = http.Send(request);
            answered.Set();
        })
        { IsBackground = true };
        caller.Start();
        Eventually.True(() => client.Waiting == 1 && caller.ThreadState.HasFlag(ThreadState.WaitSleepJoin), "the caller waits");

        // More than the pool makes threads for while this test waits. The event is not disposed: the pool may get to the last of them after the test.
        var unblock = new ManualResetEventSlim();
        for (var i = 0; i < 1_000; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static unblock => unblock.Wait(), unblock, preferLocal: false);
        }

        try
        {
            held.Dispose();

            Assert.True(answered.Wait(TimeSpan.FromSeconds(30)), "The caller has its slot, and was not woken.");
        }
        finally
        {
            unblock.Set();
            Assert.True(caller.Join(Eventually.Watchdog));
            Eventually.True(() => ThreadPool.PendingWorkItemCount == 0, "the pool is free again");
        }

        Assert.Equal(0, balancer.GetSnapshot().InFlight);
    }

    private static ServiceProvider Provide()
    {
        var services = new ServiceCollection();
        services.AddKiwiBalancer(o => o.Limit = 1).AddClient("llm");
        services.AddHttpClient("llm").AddKiwiBalancer().ConfigurePrimaryHttpMessageHandler(static () => new Answering());
        return services.BuildServiceProvider();
    }

    private sealed class Answering : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => new(HttpStatusCode.NoContent);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
