using KiwiBalancer.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Requests;

/// <summary>A balancer of one slot on a virtual clock, and the ways in which a piece of work can come to it.</summary>
internal sealed class OneSlot : IDisposable
{
    private readonly bool _isQueued;
    private readonly bool _isRun;

    public OneSlot(bool isQueued, bool isCancellable, bool isRun)
    {
        _isQueued = isQueued;
        _isRun = isRun;
        Balancer = new WeightedBalancer(new KiwiBalancerOptions { Limit = 1 }, Clock);
        Client = Balancer.Register("a");
        Token = isCancellable ? Source.Token : default;
    }

    /// <summary>Uncontended or after queueing, with or without a token that can fire, through RunAsync or SendAsync.</summary>
    public static TheoryData<bool, bool, bool> Ways => new MatrixTheoryData();

    /// <summary>Those with a token that can fire.</summary>
    public static TheoryData<bool, bool> CancellableWays => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    public FakeTimeProvider Clock { get; } = new();

    public WeightedBalancer Balancer { get; }

    public IClientHandle Client { get; }

    public CancellationTokenSource Source { get; } = new();

    public CancellationToken Token { get; }

    /// <summary>Sends work; if it is to be queued, behind a lease that is then given back.</summary>
    public ValueTask<int> Send(Func<CancellationToken, ValueTask<int>> work)
    {
        if (!_isQueued)
        {
            return Start(work);
        }

        var holder = Client.Take();
        var task = Start(work);
        Assert.Equal(1, Client.Waiting);
        holder.Dispose();
        return task;
    }

    /// <summary>How a request ended, and the slots in flight, the client's and the ledger's, at the very moment at which its caller went on.</summary>
    public async Task<(int? Result, Exception? Error, int InFlight, int Held)> End(ValueTask<int> sending)
    {
        int? result = null;
        Exception? error = null;
        try
        {
            result = await sending.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            error = exception;
        }

        return (result, error, Client.InFlight, Balancer.Engine.Ledger.Read().InFlight);
    }

    public void Dispose()
    {
        Integrity.Check(Balancer);
        Balancer.Dispose();
        Source.Dispose();
    }

    private ValueTask<int> Start(Func<CancellationToken, ValueTask<int>> work) => _isRun
        ? Client.RunAsync(work, Token)
        : Client.For<Func<CancellationToken, ValueTask<int>>, int>((given, token) => given(token)).SendAsync(work, Token);

    private sealed class MatrixTheoryData : TheoryData<bool, bool, bool>
    {
        public MatrixTheoryData()
        {
            for (var i = 0; i < 8; i++)
            {
                Add((i & 1) != 0, (i & 2) != 0, (i & 4) != 0);
            }
        }
    }
}
