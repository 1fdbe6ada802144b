using System.CommandLine;
using KiwiBalancer.Lab.Arguments;

namespace KiwiBalancer.Lab;

/// <summary>One command of the lab.</summary>
internal interface ILabCommand
{
    string Name { get; }

    string Description { get; }

    /// <summary>What <c>--scenario</c> may name, besides <c>all</c>.</summary>
    IReadOnlyList<string> Scenarios { get; }

    /// <summary>Options only this command has; read by <see cref="LabArguments.Value"/>.</summary>
    IReadOnlyList<Option> Options => [];

    /// <summary>Runs the scenarios named by <paramref name="arguments"/>.</summary>
    /// <returns>Whether everything that was checked held; what did not is named on <paramref name="error"/>, one a line.</returns>
    /// <exception cref="WrongArgumentException">An option of this command has a value that is not allowed.</exception>
    Task<bool> RunAsync(LabArguments arguments, TextWriter output, TextWriter error);
}
