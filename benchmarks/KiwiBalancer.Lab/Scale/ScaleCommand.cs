using KiwiBalancer.Lab.Arguments;

namespace KiwiBalancer.Lab.Scale;

/// <summary>Measures what grows with the number of threads, clients and waiters.</summary>
internal sealed class ScaleCommand : ILabCommand
{
    public string Name => "scale";

    public string Description => "Measures what grows with the number of threads, clients and waiters.";

    public IReadOnlyList<string> Scenarios => [];

    public async Task<bool> RunAsync(LabArguments arguments, TextWriter output, TextWriter error)
    {
        await error.WriteLineAsync($"{Name} has no scenarios yet");
        return false;
    }
}
