using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Requests;

/// <summary>A server's value task over a pooled source is consumed exactly once: twice would take another request's result, never would leak the source.</summary>
public sealed class PooledServerTests
{
    public static TheoryData<bool, bool, bool> Ways => OneSlot.Ways;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Send_SourceCompletesBefore_ItsResultIsTakenOnce(bool isQueued, bool isCancellable, bool isRun)
    {
        using var slot = new OneSlot(isQueued, isCancellable, isRun);
        var source = new PooledSource();

        for (var i = 1; i <= 3; i++)
        {
            source.SetResult(i);
            Assert.Equal((i, null, 0, 0), await slot.End(slot.Send(_ => source.Task)).Within());
            Assert.Equal(i, source.Taken);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Send_SourceCompletesLater_ItsResultIsTakenOnce(bool isQueued, bool isCancellable, bool isRun)
    {
        using var slot = new OneSlot(isQueued, isCancellable, isRun);
        var source = new PooledSource();

        for (var i = 1; i <= 3; i++)
        {
            var ending = slot.End(slot.Send(_ => source.Task));
            source.SetResult(i);
            Assert.Equal((i, null, 0, 0), await ending.Within());
            Assert.Equal(i, source.Taken);
        }
    }
}
