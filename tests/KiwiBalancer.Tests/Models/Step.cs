namespace KiwiBalancer.Tests.Models;

/// <summary>One step of a random program.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Client">In whose name, where there are several.</param>
/// <param name="Number">The cost, the limit, the cap, the weight, the time in tenths of a second; or which of the requests that can be released or cancelled, counted round.</param>
internal sealed record Step(StepKind Kind, int Client, int Number)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind}({Client}, {Number})";
}
