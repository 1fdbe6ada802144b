using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Requests;

/// <summary>Whatever meets a disposal in the same instant is either accepted, and then ends, or refused at once.</summary>
public sealed class DisposalRaceTests
{
    private const int Rounds = 2_000;

    private static readonly Task<int> Refused = Task.FromResult(-1);

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Send_WhileTheClientIsDisposed_IsRefusedOrEnds(bool isGentle, bool isHeld)
    {
        using var balancer = new WeightedBalancer(1);
        IClientHandle client = null!;
        SlotLease holder = default;
        Task disposal = Task.CompletedTask;
        var sent = new[] { Refused, Refused };

        Race.Run(
            Rounds,
            _ =>
            {
                client = balancer.Register("leaving");
                holder = isHeld ? client.Take() : default;
            },
            _ =>
            {
                holder.Dispose();
                Eventually.True(() => disposal.IsCompleted && sent.All(task => task.IsCompleted), "everything ends");
                Assert.All(sent, AssertEnded);
                Assert.Empty(balancer.GetSnapshot().Clients);
                Assert.Equal(0, balancer.GetSnapshot().InFlight);
            },
            _ => disposal = Dispose(client, isGentle),
            _ => sent[0] = Send(client),
            _ => sent[1] = Send(client));

        Integrity.Check(balancer);
        Assert.Equal(0, balancer.Engine.Backlogs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Register_WhileTheBalancerIsDisposed_IsRefusedOrClosed(bool isGentle)
    {
        WeightedBalancer balancer = null!;
        IClientHandle? late = null;
        Task disposal = Task.CompletedTask;

        Race.Run(
            Rounds,
            _ => (balancer, late) = (new WeightedBalancer(1), null),
            _ =>
            {
                Eventually.True(() => disposal.IsCompleted, "the disposal ends");
                Assert.Empty(balancer.GetSnapshot().Clients);
                if (late is not null)
                {
                    Assert.Throws<ObjectDisposedException>(() => late.TryAcquire(out SlotLease _));
                }
            },
            _ => disposal = Dispose(balancer, isGentle),
            _ =>
            {
                try
                {
                    late = balancer.Register("late");
                }
                catch (ObjectDisposedException)
                {
                    // The disposal came first.
                }
            });
    }

    [Fact]
    public void Register_TheNameOfAClientThatIsDisposed_SucceedsOnceTheDisposalHasBegun()
    {
        using var balancer = new WeightedBalancer(1);
        var client = balancer.Register("a");
        IClientHandle heir = null!;

        Race.Run(
            Rounds,
            _ => { },
            _ => client = heir,
            _ => client.Dispose(),
            _ =>
            {
                while (true)
                {
                    try
                    {
                        heir = balancer.Register("a");
                        return;
                    }
                    catch (ArgumentException)
                    {
                        Thread.Yield();
                    }
                }
            });

        Assert.Single(balancer.GetSnapshot().Clients);
        Integrity.Check(balancer);
    }

    private static Task Dispose<T>(T what, bool isGentle)
        where T : IDisposable, IAsyncDisposable
    {
        if (isGentle)
        {
            return what.DisposeAsync().AsTask();
        }

        what.Dispose();
        return Task.CompletedTask;
    }

    private static Task<int> Send(IClientHandle client)
    {
        try
        {
            return client.RunAsync(static _ => new ValueTask<int>(7)).AsTask();
        }
        catch (ObjectDisposedException)
        {
            return Refused;
        }
    }

    private static void AssertEnded(Task<int> sent)
    {
        if (sent.IsFaulted)
        {
            Assert.Equal(RejectionReason.ClientClosed, Assert.IsType<BalancerRejectedException>(sent.Exception.InnerException).Reason);
        }
        else
        {
            Assert.True(sent.IsCompletedSuccessfully);
        }
    }
}
