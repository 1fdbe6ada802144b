using KiwiBalancer.Lab.Arguments;

namespace KiwiBalancer.Lab.Replay;

/// <summary>Replays traces of real services through every policy on a virtual clock.</summary>
internal sealed class ReplayCommand : ILabCommand
{
    public string Name => "replay";

    public string Description => "Replays traces of real services through every policy on a virtual clock.";

    public IReadOnlyList<string> Scenarios => [];

    public async Task<bool> RunAsync(LabArguments arguments, TextWriter output, TextWriter error)
    {
        await error.WriteLineAsync($"{Name} has no scenarios yet");
        return false;
    }
}
