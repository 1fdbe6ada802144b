using KiwiBalancer.Demo.Load;

namespace KiwiBalancer.Demo.Tests.Load;

public sealed class TraceReaderTests
{
    private const string Header = "TIMESTAMP,ContextTokens,GeneratedTokens";

    [Theory]
    [InlineData("\n", "")]
    [InlineData("\r\n", "")]
    [InlineData("\r\n", "\r\n")]
    public void Read_AnyLineEnds_GivesEveryLine(string lineEnd, string atTheEnd)
    {
        string text = $"{Header}{lineEnd}2023-11-16 18:17:03.9799600,4808,10{lineEnd}2023-11-16 18:17:04,0,8{atTheEnd}";

        IReadOnlyList<TraceRow> rows = TraceReader.Read(new StringReader(text), "t.csv");

        Assert.Equal(
            [
                new TraceRow(new DateTime(2023, 11, 16, 18, 17, 3, DateTimeKind.Unspecified).AddTicks(9_799_600), 4808, 10),
                new TraceRow(new DateTime(2023, 11, 16, 18, 17, 4, DateTimeKind.Unspecified), 0, 8),
            ],
            rows);
    }

    [Fact]
    public void Hold_OfARow_IsAFifthOfAMillisecondPerContextTokenAndThirtyPerGeneratedOne() =>
        Assert.Equal(TimeSpan.FromMilliseconds(961.6 + 300), new TraceRow(default, 4808, 10).Hold);
}
