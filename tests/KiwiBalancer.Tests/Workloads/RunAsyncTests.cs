using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Workloads;

public sealed class RunAsyncTests : IDisposable
{
    private readonly WeightedBalancer _balancer = new(4);
    private readonly IClientHandle _client;

    public RunAsyncTests() => _client = _balancer.Register("a");

    public void Dispose() => _balancer.Dispose();

    [Fact]
    public async Task Run_EveryOverload_HandsOverTheStateAndHoldsItsCost()
    {
        var held = new List<int>();
        Assert.Equal(1, await _client.RunAsync(_ => Note(held, 1)));
        Assert.Equal(2, await _client.RunAsync(_ => Note(held, 2), cost: 2));
        Assert.Equal(3, await _client.RunAsync(static (state, _) => state.Test.Note(state.held, 3), (Test: this, held)));
        Assert.Equal(4, await _client.RunAsync(static (state, _) => state.Test.Note(state.held, 4), (Test: this, held), 2));
        await _client.RunAsync(_ => Silently(held));
        await _client.RunAsync(_ => Silently(held), cost: 3);
        await _client.RunAsync(static (state, _) => state.Test.Silently(state.held), (Test: this, held));
        await _client.RunAsync(static (state, _) => state.Test.Silently(state.held), (Test: this, held), 4);

        Assert.Equal([1, 2, 1, 2, 1, 3, 1, 4], held);
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task Run_WorkWithoutAResultThatThrows_GivesTheSlotsBackAndThrows()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _client.RunAsync(static _ => throw new InvalidOperationException(), 2).AsTask());
        await Assert.ThrowsAsync<InvalidOperationException>(() => _client.RunAsync(static async (_, _) =>
        {
            await Task.Yield();
            throw new InvalidOperationException();
        }, 0, 2).AsTask());
        Integrity.Check(_balancer);
    }

    [Fact]
    public async Task Run_WorkWithoutAResult_EndsWhenTheWorkEnds()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = _client.RunAsync(static (gate, _) => new ValueTask(gate.Task), gate, cost: 3).AsTask();
        Assert.Equal(3, _client.InFlight);
        Assert.False(running.IsCompleted);

        gate.SetResult();

        await running.Within();
        Integrity.Check(_balancer);
    }

    [Fact]
    public void Run_WrongArguments_ThrowsAtTheCall()
    {
        Assert.Throws<ArgumentNullException>("work", () => { _ = _client.RunAsync((Func<int, CancellationToken, ValueTask>)null!, 1); });
        Assert.Throws<ArgumentNullException>("client", () => { _ = ((IClientHandle)null!).RunAsync(static (_, _) => default, 1); });
        Assert.Throws<ArgumentOutOfRangeException>("cost", () => { _ = _client.RunAsync(static (_, _) => default, 1, cost: 5); });
        Assert.Throws<ArgumentOutOfRangeException>("cost", () => { _ = _client.RunAsync(static (_, _) => new ValueTask<int>(1), 1, cost: 0); });
    }

    [Fact]
    public void Run_StaticWorkAndAFreeSlot_AllocatesNothing()
    {
        var state = new int[1];
        var sum = 0;
        void Run()
        {
            sum += _client.RunAsync(static (state, _) => ValueTask.FromResult(state.Length), state).Result;
            sum += _client.RunAsync(static (state, _) => ValueTask.FromResult(state.Length), state, cost: 2).Result;
            _client.RunAsync(static (state, _) => Add(state), state).GetAwaiter().GetResult();
            _client.RunAsync(static (state, _) => Add(state), state, cost: 2).GetAwaiter().GetResult();
            _client.RunAsync(static _ => default).GetAwaiter().GetResult();
        }

        Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Run();
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(0, allocated);
        Assert.Equal((2002, 2002), (sum, state[0]));
        Integrity.Check(_balancer);
    }

    private static ValueTask Add(int[] state)
    {
        state[0]++;
        return default;
    }

    private ValueTask<int> Note(List<int> held, int result)
    {
        held.Add(_client.InFlight);
        return ValueTask.FromResult(result);
    }

    private ValueTask Silently(List<int> held)
    {
        held.Add(_client.InFlight);
        return default;
    }
}
