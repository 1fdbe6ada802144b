using KiwiBalancer.Fragile;

namespace KiwiBalancer.Demo.Tests.Server;

public sealed class SlotCounterTests
{
    [Fact]
    public void TryEnter_AboveTheLimit_BreaksAndCountsAViolation()
    {
        var slots = new SlotCounter(limit: 3, clients: 2);

        Assert.True(slots.TryEnter(0, 1));
        Assert.True(slots.TryEnter(1, 2));
        Assert.False(slots.TryEnter(0, 1));

        ServerState state = slots.Read();
        Assert.Equal((3, 4, 1, 0), (state.InFlight, state.MaxInFlight, state.Violations, state.Served));
        Assert.Equal([1, 2], state.ByClient);
    }

    [Fact]
    public void Leave_AfterEntering_MakesRoom()
    {
        var slots = new SlotCounter(limit: 2, clients: 1);

        Assert.True(slots.TryEnter(0, 2));
        slots.Leave(0, 2);
        Assert.True(slots.TryEnter(0, 1));

        ServerState state = slots.Read();
        Assert.Equal((1, 2, 0, 1), (state.InFlight, state.MaxInFlight, state.Violations, state.Served));
    }

    [Fact]
    public void TrySetLimit_BelowWhatIsInFlight_IsRefused()
    {
        var slots = new SlotCounter(limit: 2, clients: 1);
        Assert.True(slots.TryEnter(0, 2));

        Assert.False(slots.TrySetLimit(1));
        Assert.Equal(2, slots.Read().Limit);
        slots.Leave(0, 1);
        Assert.True(slots.TrySetLimit(1));
        Assert.False(slots.TryEnter(0, 1));
        Assert.True(slots.TrySetLimit(2));
        Assert.True(slots.TryEnter(0, 1));
    }

    [Fact]
    public void Format_OfAState_IsReadBackUnchanged()
    {
        var state = new ServerState(7, 1, 2, 3, 4, 5, 6_000_000_000, [7, 8]);

        ServerState read = ServerState.Parse(state.Format());

        Assert.Equal(state.ByClient, read.ByClient);
        Assert.Equal(state, read with { ByClient = state.ByClient });
    }
}
