namespace KiwiBalancer.Tests.Models;

/// <summary>What a random program may do next.</summary>
internal enum StepKind
{
    Acquire,
    TryAcquire,
    Release,
    Cancel,
    SetLimit,
    SetCap,
    SetWeight,
    Advance,
}
