using KiwiBalancer.Http.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Time.Testing;
using Polly;

namespace KiwiBalancer.Http.Tests.Outgoing;

/// <summary>Beside Microsoft.Extensions.Http.Resilience: the order of the two decides what a slot is for.</summary>
public sealed class ResilienceTests
{
    [Fact]
    public async Task Resilience_AddedFirst_TakesASlotForEachAttemptAndHoldsNoneBetween()
    {
        var attempts = new List<int>();
        await using var server = await GatedServer.StartAsync(
            limit: 1,
            client =>
            {
                client.AddStandardResilienceHandler(o =>
                {
                    BePatient(o);
                    o.Retry.Delay = TimeSpan.FromMilliseconds(1);
                });
                client.AddKiwiBalancer();
            },
            FailTwice(attempts));
        server.Finish("1");

        Assert.Equal("1", await server.Http.GetStringAsync("/1").Within());

        // With a slot still held by a failed attempt, the next one would wait for ever.
        Assert.Equal(3, attempts.Count);
        server.CheckIntegrity();
    }

    [Fact]
    public async Task Resilience_AddedFirst_HoldsNoSlotWhileItWaitsToRetry()
    {
        var time = new FakeTimeProvider();
        var retrying = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var attempts = new List<int>();
        await using var server = await GatedServer.StartAsync(
            limit: 1,
            client =>
            {
                client.AddResilienceHandler("retry", pipeline =>
                {
                    pipeline.TimeProvider = time;
                    pipeline.AddRetry(Retry(retrying, Task.CompletedTask, TimeSpan.FromMinutes(1)));
                });
                client.AddKiwiBalancer();
            },
            FailTwice(attempts));
        server.Finish("1");
        var sent = server.Http.GetStringAsync("/1");
        await retrying.Task.Within();

        // Its clock stands, so it waits.
        Eventually.True(() => server.InFlight("llm") == 0, "the failed attempt gives its slot back");
        Assert.Single(attempts);

        Eventually.True(
            () =>
            {
                time.Advance(TimeSpan.FromHours(1));
                return sent.IsCompleted;
            },
            "it has been retried");
        Assert.Equal("1", await sent);
        server.CheckIntegrity();
    }

    [Fact]
    public async Task Resilience_AddedLast_HoldsOneSlotOverAllAttempts()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var retrying = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var attempts = new List<int>();
        await using var server = await GatedServer.StartAsync(limit: 1, client => client.AddKiwiBalancer().AddResilienceHandler("retry", pipeline => pipeline.AddRetry(Retry(retrying, gate.Task, TimeSpan.Zero))), FailTwice(attempts));
        server.Finish("1");
        var sent = server.Http.GetStringAsync("/1");
        await retrying.Task.Within();

        Assert.Equal(1, server.InFlight("llm"));

        gate.SetResult();
        Assert.Equal("1", await sent.Within());
        server.CheckIntegrity();
    }

    [Fact]
    public async Task Rejection_AsAResponse_IsRetriedByTheStandardPipeline()
    {
        await using var server = await GatedServer.StartAsync(limit: 1, client =>
        {
            client.AddStandardResilienceHandler(o =>
            {
                BePatient(o);
                (o.Retry.Delay, o.Retry.MaxRetryAttempts, o.Retry.OnRetry) = (TimeSpan.FromMilliseconds(1), 3, Finished);
            });
            client.AddKiwiBalancer(configure: o => o.RejectWithResponse = true);

            ValueTask Finished(Polly.Retry.OnRetryArguments<HttpResponseMessage> arguments)
            {
                Server!.Finish("1");
                Server.Finish("2");
                Server.Finish("3");
                Eventually.True(() => Server.Balancer.GetSnapshot() is { InFlight: 0, Waiting: 0 }, "there is room");
                return default;
            }
        });
        Server = server;
        var held = server.Http.GetStringAsync("/1");
        await server.Entered("1");
        var waiting = server.Http.GetStringAsync("/2");
        server.Waits(1);

        Assert.Equal("3", await server.Http.GetStringAsync("/3").Within());

        await Task.WhenAll(held, waiting).Within();
        server.CheckIntegrity();
    }

    private GatedServer? Server { get; set; }

    private static HttpRetryStrategyOptions Retry(TaskCompletionSource retrying, Task gate, TimeSpan delay) => new()
    {
        Delay = delay,
        OnRetry = async _ =>
        {
            retrying.TrySetResult();
            await gate;
        },
    };

    // Its timeouts are about a server that hangs, not about a machine that is slow.
    private static void BePatient(HttpStandardResilienceOptions options)
    {
        options.AttemptTimeout.Timeout = TimeSpan.FromMinutes(5);
        options.TotalRequestTimeout.Timeout = TimeSpan.FromMinutes(20);
        options.CircuitBreaker.SamplingDuration = TimeSpan.FromMinutes(10);
    }

    private static Func<HttpContext, Task<bool>> FailTwice(List<int> attempts) => async context =>
    {
        attempts.Add(attempts.Count);
        if (attempts.Count > 2)
        {
            return false;
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        await context.Response.WriteAsync("not now");
        return true;
    };
}
