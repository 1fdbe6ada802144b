using KiwiBalancer.Lab.Arguments;

namespace KiwiBalancer.Lab.Handover;

/// <summary>Measures how soon a freed slot is used again.</summary>
internal sealed class HandoverCommand : ILabCommand
{
    public string Name => "handover";

    public string Description => "Measures how soon a freed slot is used again.";

    public IReadOnlyList<string> Scenarios => [];

    public async Task<bool> RunAsync(LabArguments arguments, TextWriter output, TextWriter error)
    {
        await error.WriteLineAsync($"{Name} has no scenarios yet");
        return false;
    }
}
