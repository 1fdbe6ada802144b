using KiwiBalancer.Backlog;

namespace KiwiBalancer.Tests.Backlog;

/// <summary>The widest of late, which forgets in generations.</summary>
public sealed class WidestCostTests
{
    [Fact]
    public void Value_Arrivals_IsTheLargest()
    {
        var widest = default(WidestCost);
        Assert.Equal(1, widest.Value);

        widest.Arrived(3);
        widest.Arrived(2);
        Assert.Equal(3, widest.Value);
        widest.Arrived(5);
        Assert.Equal(5, widest.Value);

        widest.Clear();
        Assert.Equal(1, widest.Value);
    }

    [Theory]
    [InlineData(0, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 17)]
    [InlineData(100, 100)]
    public void Granted_AGenerationAfterTheWideOne_ForgetsIt(int outstanding, int length)
    {
        var widest = default(WidestCost);
        widest.Arrived(9);

        // The first ends the generation in which it came; it stays for the next, which is as long as what was outstanding.
        widest.Granted(outstanding);
        Assert.Equal(9, widest.Value);
        widest.Arrived(2);
        for (var i = 1; i < length; i++)
        {
            widest.Granted(outstanding);
            Assert.Equal(9, widest.Value);
        }

        widest.Granted(outstanding);

        Assert.Equal(2, widest.Value);
    }
}
