using KiwiBalancer.Demo.Server;

namespace KiwiBalancer.Demo;

/// <summary>The entry point. The same executable is the demo and, started by the demo with a hidden verb, the fragile server it loads.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) =>
        args is [ServerVerb.Name, ..]
            ? ServerVerb.RunAsync(args)
            : DemoApp.RunAsync(args, Console.Out, Console.Error);
}
