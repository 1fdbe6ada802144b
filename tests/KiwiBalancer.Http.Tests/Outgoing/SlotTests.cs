using KiwiBalancer.Http.Tests.Support;

namespace KiwiBalancer.Http.Tests.Outgoing;

/// <summary>How long a call holds its slot.</summary>
public sealed class SlotTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Response_ReadToItsEnd_GivesTheSlotBackThere(bool isSynchronous)
    {
        await using var server = await StartAsync();
        using var answer = await server.Http.GetAsync("/half", HttpCompletionOption.ResponseHeadersRead).Within();
        await using var body = isSynchronous ? answer.Content.ReadAsStream() : await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[64];
        Assert.Equal(6, await ReadAsync());
        Assert.Equal(1, server.InFlight("llm"));
        var next = server.Http.GetStringAsync("/next");
        server.Waits(1);

        server.Finish("half");

        // Nothing read into no room is not the end.
        Assert.Equal(0, await body.ReadAsync(Memory<byte>.Empty).Within());
        Assert.Equal(1, server.Balancer.GetSnapshot().Waiting);
        Assert.Equal(6, await ReadAsync());
        Assert.Equal(0, await ReadAsync());

        await server.Entered("next");
        server.Finish("next");
        Assert.Equal("next", await next.Within());
        server.CheckIntegrity();

        Task<int> ReadAsync() => isSynchronous ? Task.Run(() => body.Read(buffer, 0, buffer.Length)).Within() : body.ReadAsync(buffer).Within();
    }

    [Theory]
    [InlineData("response")]
    [InlineData("stream")]
    [InlineData("async stream")]
    public async Task Response_DisposedBeforeItsEnd_GivesTheSlotBackThen(string what)
    {
        await using var server = await StartAsync();
        var answer = await server.Http.GetAsync("/half", HttpCompletionOption.ResponseHeadersRead).Within();
        var body = what == "response" ? null : await answer.Content.ReadAsStreamAsync();
        Assert.Equal(1, server.InFlight("llm"));

        if (what == "response")
        {
            answer.Dispose();
        }
        else if (what == "stream")
        {
            body!.Dispose();
        }
        else
        {
            await body!.DisposeAsync();
        }

        server.CheckIntegrity();
        answer.Dispose();
        server.CheckIntegrity();
    }

    [Fact]
    public async Task Response_BufferedByTheClient_HasGivenItsSlotBack()
    {
        await using var server = await StartAsync();
        server.Finish("half");

        using var answer = await server.Http.GetAsync("/half").Within();

        Assert.Equal(0, server.InFlight("llm"));
        Assert.Equal(("first second", "1"), (await answer.Content.ReadAsStringAsync(), await Header(server, "x")));
        server.CheckIntegrity();

        static async Task<string> Header(GatedServer server, string id)
        {
            server.Finish(id);
            using var other = await server.Http.GetAsync($"/{id}", HttpCompletionOption.ResponseHeadersRead).Within();
            return other.Content.Headers.ContentLength?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? (await other.Content.ReadAsStringAsync()).Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    [Fact]
    public async Task Response_CopiedByTheCaller_GivesTheSlotBackAtItsEnd()
    {
        await using var server = await StartAsync();
        server.Finish("half");
        using var answer = await server.Http.GetAsync("/half", HttpCompletionOption.ResponseHeadersRead).Within();
        using var copy = new MemoryStream();

        await answer.Content.CopyToAsync(copy).Within();

        Assert.Equal(12, copy.Length);
        server.CheckIntegrity();
    }

    [Theory]
    [InlineData("GET", "/empty")]
    [InlineData("HEAD", "/head")]
    public async Task Response_WithoutABody_GivesTheSlotBackAtOnce(string method, string path)
    {
        await using var server = await StartAsync();
        server.Finish(path[1..]);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        var answer = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).Within();

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(0, server.InFlight("llm"));
    }

    [Fact]
    public async Task Response_ToBeReleasedAtItsHeaders_HoldsNothingWhileItsBodyComes()
    {
        await using var server = await GatedServer.StartAsync(limit: 1, client => client.AddKiwiBalancer(configure: o => o.ReleaseAtHeaders = true));

        using var answer = await server.Http.GetAsync("/half", HttpCompletionOption.ResponseHeadersRead).Within();

        Assert.Equal((0, 1), (server.InFlight("llm"), server.Running));
        server.Finish("half");
        Assert.Equal("first second", await answer.Content.ReadAsStringAsync().Within());
        server.CheckIntegrity();
    }

    [Fact]
    public async Task Call_CancelledWhileItWaits_LeavesTheQueueAndIsNeverSent()
    {
        await using var server = await StartAsync();
        var held = server.Http.GetAsync("/1");
        await server.Entered("1");
        using var caller = new CancellationTokenSource();
        var waiting = server.Http.GetAsync("/2", caller.Token);
        server.Waits(1);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Within());
        server.Waits(0);
        server.Finish("1");
        await held.Within();
        Assert.False(server.HasEntered("2"));
        server.CheckIntegrity();
    }

    [Fact]
    public async Task Call_ThatFails_GivesItsSlotBack()
    {
        await using var server = await StartAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => server.Http.GetAsync("http://127.0.0.1:1/").Within());

        server.CheckIntegrity();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_BeyondTheQueue_IsRejected(bool withResponse)
    {
        await using var server = await GatedServer.StartAsync(limit: 1, client => client.AddKiwiBalancer(configure: o => o.RejectWithResponse = withResponse));
        var held = server.Http.GetAsync("/1");
        await server.Entered("1");
        var waiting = server.Http.GetAsync("/2");
        server.Waits(1);

        if (withResponse)
        {
            using var answer = await server.Http.GetAsync("/3").Within();
            Assert.Equal((503, true), ((int)answer.StatusCode, answer.ReasonPhrase!.Contains("QueueFull", StringComparison.Ordinal)));
        }
        else
        {
            Assert.Equal(RejectionReason.QueueFull, (await Assert.ThrowsAsync<BalancerRejectedException>(() => server.Http.GetAsync("/3").Within())).Reason);
        }

        server.Finish("1");
        server.Finish("2");
        await Task.WhenAll(held, waiting).Within();
        server.CheckIntegrity();
    }

    [Fact]
    public async Task Send_WhileTheServerIsBusy_BlocksTheCallersThreadOnly()
    {
        await using var server = await StartAsync();
        var held = server.Http.GetAsync("/1");
        await server.Entered("1");
        var handledOn = new TaskCompletionSource<(int Thread, string Body)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var caller = new Thread(() =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/2");
            using var answer = server.Http.Send(request, HttpCompletionOption.ResponseHeadersRead);
            using var reader = new StreamReader(answer.Content.ReadAsStream());
            handledOn.SetResult((Environment.CurrentManagedThreadId, reader.ReadToEnd()));
        })
        { IsBackground = true };
        caller.Start();
        server.Waits(1);

        // Blocked, and in nobody's way: the pool still runs what it is given.
        Eventually.True(() => caller.ThreadState.HasFlag(ThreadState.WaitSleepJoin), "the caller waits");
        server.Finish("2");
        server.Finish("1");
        await held.Within();

        Assert.Equal((caller.ManagedThreadId, "2"), await handledOn.Task.Within());
        server.CheckIntegrity();
    }

    [Fact]
    public async Task Send_CancelledWhileItWaits_ThrowsAndLeavesTheQueue()
    {
        await using var server = await StartAsync();
        var held = server.Http.GetAsync("/1");
        await server.Entered("1");
        using var caller = new CancellationTokenSource();
        var sent = Task.Factory.StartNew(
            () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/2");
                return server.Http.Send(request, caller.Token);
            },
            TaskCreationOptions.LongRunning);
        server.Waits(1);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent.Within());
        server.Finish("1");
        await held.Within();
        server.CheckIntegrity();
    }

    private static Task<GatedServer> StartAsync() => GatedServer.StartAsync(limit: 1, client => client.AddKiwiBalancer());
}
