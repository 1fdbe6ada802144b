using KiwiBalancer.Demo.Measuring;
using KiwiBalancer.Fragile;

namespace KiwiBalancer.Demo.Tests.Measuring;

public sealed class BatchCheckTests
{
    // Two batches: 10 to 20 and 31 to 40.
    private static readonly HoldRecord[] Holds = [new(11, 15, 0, 1), new(12, 20, 1, 1), new(31, 40, 0, 1), new(33, 35, 1, 1)];

    [Fact]
    public void Latecomers_RequestsSentBeforeTheirBatch_AreNone() =>
        Assert.Equal(0, BatchCheck.Latecomers([Request(5, 10), Request(6, 11), Request(12, 30), Request(19, 32)], Holds));

    [Fact]
    public void Latecomers_RequestSentDuringTheBatchItRanIn_IsCounted() =>
        Assert.Equal(1, BatchCheck.Latecomers([Request(5, 10), Request(11, 13), Request(12, 30)], Holds));

    private static RequestRecord Request(long sent, long granted) => new() { Sent = sent, Granted = granted, Ended = granted + 1, Endings = 1 };
}
