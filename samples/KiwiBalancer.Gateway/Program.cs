namespace KiwiBalancer.Gateway;

/// <summary>The entry point.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => GatewayRun.RunAsync(args, Console.Out, Console.Error);
}
