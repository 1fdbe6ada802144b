using System.Runtime.CompilerServices;
using System.Threading.Channels;
using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Workloads;

public sealed class StreamAsyncTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly WeightedBalancer _balancer;
    private readonly IClientHandle _client;
    private readonly CancellationTokenSource _cancel = new();
    private readonly Channel<int> _items = Channel.CreateUnbounded<int>();
    private int _ended;

    public StreamAsyncTests()
    {
        _balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 2, QueueTimeout = TimeSpan.FromSeconds(10) }, _clock);
        _client = _balancer.Register("a");
    }

    public void Dispose()
    {
        _balancer.Dispose();
        _cancel.Dispose();
    }

    [Fact]
    public async Task Stream_ReadToItsEnd_HoldsOneSlotAllAlong()
    {
        _items.Writer.TryWrite(1);
        _items.Writer.TryWrite(2);
        _items.Writer.Complete();
        var stream = _client.StreamAsync(Items);
        Assert.Equal(0, _client.InFlight);

        var read = await stream.ReadAsync(_ => Assert.Equal(1, _client.InFlight)).Within();

        Assert.Equal([1, 2], read);
        Assert.Equal(1, _ended);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task Stream_LeftEarly_GivesTheSlotBackAfterTheWorkHasEnded()
    {
        _items.Writer.TryWrite(1);
        await foreach (var item in _client.StreamAsync(Items))
        {
            Assert.Equal((1, 1), (item, _client.InFlight));
            break;
        }

        Assert.Equal((1, 0), (_ended, _client.InFlight));
        Integrity.Check(_balancer);
    }

    [Theory]
    [InlineData("call")]
    [InlineData("stream")]
    [InlineData("disposal")]
    public async Task Stream_TheWorkThrows_GivesTheSlotBackAndThrows(string where)
    {
        var (results, error) = await _client.StreamAsync(_ => where == "call" ? throw new InvalidOperationException() : Broken(where == "disposal")).ToErrorAsync().Within();

        Assert.IsType<InvalidOperationException>(error);
        Assert.Equal(where == "call" ? 0 : 1, results.Count);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task Stream_NoSlotFree_WaitsForOneAndCallsTheWorkThen()
    {
        _balancer.Limit = 1;
        var lease = _client.Take();
        var calls = 0;
        var reading = _client.StreamAsync(token =>
        {
            calls++;
            return Items(token);
        }).ReadAsync();
        Eventually.True(() => _client.Waiting == 1, "the stream waits");
        Assert.Equal(0, calls);

        lease.Dispose();
        _items.Writer.Complete();

        await reading.Within();
        Assert.Equal(1, calls);
        Integrity.Check(_balancer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stream_CancelledWhileWaiting_ThrowsWithTheCallersToken(bool byTheEnumerator)
    {
        _balancer.Limit = 0;
        var reading = Start(byTheEnumerator);
        Eventually.True(() => _client.Waiting == 1, "the stream waits");

        await _cancel.CancelAsync();

        var (results, error) = await reading.Within();
        Assert.Equal(_cancel.Token, Assert.IsType<OperationCanceledException>(error).CancellationToken);
        Assert.Empty(results);
        Assert.Equal(0, _client.Waiting);
        Integrity.Check(_balancer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stream_CancelledWhileRunning_TellsTheWorkAndThrowsWithTheCallersToken(bool byTheEnumerator)
    {
        _items.Writer.TryWrite(1);
        var reading = Start(byTheEnumerator);
        Eventually.True(() => _client.InFlight == 1 && _items.Reader.Count == 0, "the stream runs");

        await _cancel.CancelAsync();

        var (_, error) = await reading.Within();
        Assert.Equal(_cancel.Token, Assert.IsType<OperationCanceledException>(error).CancellationToken);
        Assert.Equal(1, _ended);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task Stream_CancelledBetweenItemsOfWorkThatHeedsNoToken_EndsAtTheNextItem()
    {
        var read = 0;
        var error = await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in _client.StreamAsync(static _ => AsyncEnumerable.Range(0, 100), _cancel.Token))
            {
                if (++read == 3)
                {
                    await _cancel.CancelAsync();
                }
            }
        });

        Assert.Equal((3, _cancel.Token), (read, error.CancellationToken));
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task Stream_ForcedShutdown_TellsTheWork()
    {
        var reading = _client.StreamAsync(static token =>
        {
            // No other token than the one that is handed to the work.
            return Stall();
            async IAsyncEnumerable<int> Stall()
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                yield return 0;
            }
        }).ToErrorAsync();
        Eventually.True(() => _client.InFlight == 1, "the stream runs");

        _balancer.Dispose();

        Assert.IsAssignableFrom<OperationCanceledException>((await reading.Within()).Error);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task Stream_ForcedShutdownWhileWaiting_IsRejected()
    {
        _balancer.Limit = 0;
        var reading = _client.StreamAsync(Items).ToErrorAsync();
        Eventually.True(() => _client.Waiting == 1, "the stream waits");

        _client.Dispose();

        Assert.Equal(RejectionReason.ClientClosed, Assert.IsType<BalancerRejectedException>((await reading.Within()).Error).Reason);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task Stream_WaitedTooLong_IsRejectedAsAnyRequest()
    {
        _balancer.Limit = 0;
        var reading = _client.StreamAsync(Items).ToErrorAsync();
        Eventually.True(() => _client.Waiting == 1, "the stream waits");

        _clock.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(RejectionReason.QueueTimeout, Assert.IsType<BalancerRejectedException>((await reading.Within()).Error).Reason);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task Stream_EnumeratedTwice_TakesASlotEachTime()
    {
        var stream = _client.StreamAsync(Items);
        var readings = new[] { stream.ReadAsync(), stream.ReadAsync() };
        Eventually.True(() => _client.InFlight == 2, "both run");
        _items.Writer.Complete();

        await Task.WhenAll(readings).Within();

        Assert.Equal(2, _ended);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task Stream_Running_IsTheOldestRunningRequestUntilItEnds()
    {
        _items.Writer.TryWrite(1);
        await foreach (var _ in _client.StreamAsync(Items))
        {
            _clock.Advance(TimeSpan.FromSeconds(7));
            Assert.Equal(TimeSpan.FromSeconds(7), _balancer.GetSnapshot().OldestRunning);
            _items.Writer.TryComplete();
        }

        Assert.Null(_balancer.GetSnapshot().OldestRunning);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task Stream_WithStateAndCost_HoldsThatManySlots()
    {
        var read = await _client.StreamAsync(static (count, _) => AsyncEnumerable.Range(0, count), 3, cost: 2).ReadAsync(_ => Assert.Equal(2, _client.InFlight)).Within();

        Assert.Equal([0, 1, 2], read);
        Integrity.Check(_balancer);
    }

    [Fact]
    public void Stream_WrongArguments_ThrowsAtTheCall()
    {
        Assert.Throws<ArgumentNullException>("work", () => _client.StreamAsync((Func<CancellationToken, IAsyncEnumerable<int>>)null!));
        Assert.Throws<ArgumentNullException>("client", () => ((IClientHandle)null!).StreamAsync(Items));
        Assert.Throws<ArgumentOutOfRangeException>("cost", () => _client.StreamAsync(static (_, _) => AsyncEnumerable.Empty<int>(), 0, cost: 3));
        _client.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _client.StreamAsync(Items));
    }

    private static async IAsyncEnumerable<int> Broken(bool atDisposal)
    {
        try
        {
            yield return 1;
            await Task.Yield();
        }
        finally
        {
            Throw(atDisposal);
        }

        Throw(true);
    }

    private static void Throw(bool now)
    {
        if (now)
        {
            throw new InvalidOperationException();
        }
    }

    private Task<(List<int> Results, Exception? Error)> Start(bool byTheEnumerator) => byTheEnumerator
        ? Bare(_client.StreamAsync(Items), _cancel.Token).ToErrorAsync()
        : _client.StreamAsync(Items, _cancel.Token).ToErrorAsync();

    private static async IAsyncEnumerable<int> Bare(IAsyncEnumerable<int> stream, [EnumeratorCancellation] CancellationToken token)
    {
        await foreach (var item in stream.WithCancellation(token))
        {
            yield return item;
        }
    }

    private async IAsyncEnumerable<int> Items([EnumeratorCancellation] CancellationToken token)
    {
        try
        {
            await foreach (var item in _items.Reader.ReadAllAsync(token))
            {
                yield return item;
            }
        }
        finally
        {
            Assert.InRange(_client.InFlight, 1, 2);
            Interlocked.Increment(ref _ended);
        }
    }
}
