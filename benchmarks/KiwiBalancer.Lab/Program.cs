namespace KiwiBalancer.Lab;

/// <summary>The entry point.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => LabApp.RunAsync(args, Console.Out, Console.Error);
}
