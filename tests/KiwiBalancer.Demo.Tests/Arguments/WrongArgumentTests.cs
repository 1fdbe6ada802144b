namespace KiwiBalancer.Demo.Tests.Arguments;

public sealed class WrongArgumentTests
{
    [Theory]
    [InlineData("'--picture'", "--picture", "x.png")]
    [InlineData("'--version'", "--version")]
    [InlineData("'@file'", "@file")]
    [InlineData("'stray'", "stray")]
    [InlineData("--limit", "--limit")]
    [InlineData("1 to 10,000", "--limit", "0")]
    [InlineData("1 to 10,000", "--limit", "-5")]
    [InlineData("1 to 10,000", "--limit", "many")]
    [InlineData("1 to 10,000", "--limit", "10001")]
    [InlineData("--limit", "--limit", "3", "--limit", "4")]
    [InlineData("name:weight", "--clients", "alpha")]
    [InlineData("name:weight", "--clients", "alpha:1:2:3")]
    [InlineData("name:weight", "--clients", "alpha:1,")]
    [InlineData("1 to 40 characters", "--clients", ":1")]
    [InlineData("1 to 1,000,000", "--clients", "alpha:0")]
    [InlineData("1 to 1,000,000", "--clients", "alpha:1000001")]
    [InlineData("1 to 1,000,000", "--clients", "alpha:1.5")]
    [InlineData("requests of client 'alpha'", "--clients", "alpha:1:0")]
    [InlineData("twice", "--clients", "alpha:1,beta:1,alpha:2")]
    [InlineData("above 0", "--seconds", "0")]
    [InlineData("above 0", "--seconds", "-1")]
    [InlineData("above 0", "--seconds", "NaN")]
    [InlineData("above 0", "--seconds", "Infinity")]
    [InlineData("above 0", "--seconds", "soon")]
    [InlineData("MIN-MAX", "--duration", "100")]
    [InlineData("must not be above", "--duration", "300-100")]
    [InlineData("from 1 to", "--duration", "0-100")]
    [InlineData("batch", "--strategy", "fifo")]
    [InlineData("weighted", "--strategy", "Weighted")]
    [InlineData("semaphore or both", "--baseline", "fifo")]
    [InlineData("0 to 100", "--least-utilisation", "101")]
    [InlineData("without --trace", "--speed", "2")]
    [InlineData("FILE:client:weight", "--trace", "file.csv")]
    [InlineData("FILE:client:weight", "--trace", "file.csv:chat")]
    [InlineData("there is none", "--trace", "no-such-file.csv:chat:1")]
    [InlineData("folder that exists", "--json", "no-such-folder/result.json")]
    [InlineData("folder that exists", "--json", "")]
    [InlineData("folder that exists", "--chart", "no-such-folder/x.png")]
    [InlineData("ends in .png", "--chart", "x.jpg")]
    [InlineData("at most 2,000,000", "--limit", "10000", "--duration", "1-1", "--seconds", "1000")]
    [InlineData("at most 2,000,000", "--clients", "a:1:1000000,b:1:1000000,c:1:1000000")]
    public async Task Run_WrongArguments_SaysSoInOneLineAndStartsNothing(string reason, params string[] args)
    {
        DemoResult result = await DemoResult.OfAsync(args);

        AssertRefused(result, reason);
    }

    [Theory]
    [InlineData("without its header", 1, "2023-11-16 18:17:03.9799600,4808,10")]
    [InlineData("with a line of two fields", 3, "TIMESTAMP,ContextTokens,GeneratedTokens", "2023-11-16 18:17:03.9799600,4808,10", "2023-11-16 18:17:03.9799600,4808")]
    [InlineData("with negative tokens", 2, "TIMESTAMP,ContextTokens,GeneratedTokens", "2023-11-16 18:17:03.9799600,4808,-10")]
    [InlineData("with a date of another form", 2, "TIMESTAMP,ContextTokens,GeneratedTokens", "16.11.2023 18:17,4808,10")]
    public async Task Run_MalformedTrace_NamesTheLine(string _, int number, params string[] lines)
    {
        using var file = new TraceFile(lines);

        DemoResult result = await DemoResult.OfAsync("--trace", $"{file.Path}:chat:1");

        AssertRefused(result, $"line {number} of");
    }

    [Fact]
    public async Task Run_TraceWithoutRequests_IsRefused()
    {
        using var file = new TraceFile("TIMESTAMP,ContextTokens,GeneratedTokens");

        AssertRefused(await DemoResult.OfAsync("--trace", $"{file.Path}:chat:1"), "no requests");
    }

    [Theory]
    [InlineData("--clients", "--clients", "a:1")]
    [InlineData("--seconds", "--seconds", "3")]
    [InlineData("--duration", "--duration", "1-2")]
    [InlineData("above 0", "--speed", "0")]
    [InlineData("above 0", "--speed", "-1")]
    [InlineData("above 0", "--speed", "NaN")]
    [InlineData("weight of client 'chat'", "--trace", "{0}:chat:0")]
    [InlineData("twice", "--trace", "{0}:code:3")]
    [InlineData("a name has", "--trace", "{0}::3")]
    public async Task Run_TraceWithWhatDoesNotFit_IsRefused(string reason, string option, string value)
    {
        using var file = new TraceFile("TIMESTAMP,ContextTokens,GeneratedTokens", "2023-11-16 18:17:03.9799600,4808,10");

        DemoResult result = await DemoResult.OfAsync("--trace", $"{file.Path}:code:1", option, value.Replace("{0}", file.Path, StringComparison.Ordinal));

        AssertRefused(result, reason);
    }

    private static void AssertRefused(DemoResult result, string reason)
    {
        Assert.Equal(ExitCode.WrongArguments, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        string line = Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        // What was given, what is allowed, what to do.
        Assert.Contains(';', line);
    }
}
