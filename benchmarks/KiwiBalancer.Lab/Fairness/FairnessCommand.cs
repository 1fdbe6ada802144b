using KiwiBalancer.Lab.Arguments;

namespace KiwiBalancer.Lab.Fairness;

/// <summary>Checks every promise on a virtual clock, with the rivals beside us.</summary>
internal sealed class FairnessCommand : ILabCommand
{
    public string Name => "fairness";

    public string Description => "Checks every promise on a virtual clock, with the rivals beside us.";

    public IReadOnlyList<string> Scenarios => [];

    public async Task<bool> RunAsync(LabArguments arguments, TextWriter output, TextWriter error)
    {
        await error.WriteLineAsync($"{Name} has no scenarios yet");
        return false;
    }
}
