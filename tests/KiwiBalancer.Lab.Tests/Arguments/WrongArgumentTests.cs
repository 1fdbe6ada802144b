namespace KiwiBalancer.Lab.Tests.Arguments;

/// <summary>What is wrong on the command line is said in one line, and the exit code is 2.</summary>
public sealed class WrongArgumentTests
{
    [Theory]
    [InlineData("no command is given")]
    [InlineData("'juggle' is not known here", "juggle")]
    [InlineData("'extra' is not known here", "fairness", "extra")]
    [InlineData("--scenario is 'nothing', but fairness has only", "fairness", "--scenario", "nothing")]
    [InlineData("--seed is '-1', but must be a whole number", "fairness", "--seed", "-1")]
    [InlineData("--json is '/no/such/folder/x.json', but must be a file in a folder that exists", "scale", "--json", "/no/such/folder/x.json")]
    [InlineData("--chart is '/dev/null/x', but must be a folder", "replay", "--chart", "/dev/null/x")]
    [InlineData("Required argument missing", "handover", "--seed")]
    public async Task Run_WrongArguments_SaysInOneLineWhatIsAllowed(string message, params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();

        var code = await LabApp.RunAsync(args, output, error);

        Assert.Equal(2, code);
        Assert.StartsWith(message, error.ToString());
        Assert.Single(error.ToString().TrimEnd().Split('\n'));
        Assert.Empty(output.ToString());
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("fairness", "--help")]
    public async Task Run_Help_ShowsTheCommandsAndSucceeds(params string[] args)
    {
        var output = new StringWriter();

        Assert.Equal(0, await LabApp.RunAsync(args, output, TextWriter.Null));
        Assert.Contains("fairness", output.ToString());
    }
}
