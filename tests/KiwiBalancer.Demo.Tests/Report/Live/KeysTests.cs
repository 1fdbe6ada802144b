using KiwiBalancer.Demo.Report.Live;

namespace KiwiBalancer.Demo.Tests.Report.Live;

public sealed class KeysTests
{
    [Theory]
    [InlineData('+', ConsoleKey.OemPlus, LiveCommand.RaiseLimit)]
    [InlineData('=', ConsoleKey.OemPlus, LiveCommand.RaiseLimit)]
    [InlineData('-', ConsoleKey.OemMinus, LiveCommand.LowerLimit)]
    [InlineData('\0', ConsoleKey.UpArrow, LiveCommand.SelectPrevious)]
    [InlineData('\0', ConsoleKey.DownArrow, LiveCommand.SelectNext)]
    [InlineData('\0', ConsoleKey.RightArrow, LiveCommand.RaiseWeight)]
    [InlineData('\0', ConsoleKey.LeftArrow, LiveCommand.LowerWeight)]
    [InlineData('a', ConsoleKey.A, LiveCommand.AddClient)]
    [InlineData('r', ConsoleKey.R, LiveCommand.RemoveClient)]
    [InlineData(' ', ConsoleKey.Spacebar, LiveCommand.TogglePause)]
    [InlineData('q', ConsoleKey.Q, LiveCommand.Quit)]
    [InlineData('x', ConsoleKey.X, LiveCommand.None)]
    public void Read_AKey_IsItsCommand(char text, ConsoleKey key, object command) =>
        Assert.Equal(command, Keys.Read(new ConsoleKeyInfo(text, key, shift: false, alt: false, control: false)));

    [Theory]
    [InlineData(0, -1, 0)]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(1, -1, 0)]
    public void Select_AStep_StaysAmongTheClientsThatHaveArrived(int selected, int steps, int expected) =>
        Assert.Equal(expected, (SampleFrame.TwoOfThree with { Selected = selected }).Select(steps));
}
