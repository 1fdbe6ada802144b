namespace KiwiBalancer.Benchmarks.Rivals;

/// <summary>A rival whose queue a caller can leave.</summary>
public interface ILeavable : IRival
{
    /// <summary>
    /// Asks for a slot while none is free, cancels, and sees that the request has ended so. The result is not awaited: the exception costs ten times as much as all the rest, everybody's, and would hide it.
    /// </summary>
    void EnterAndLeave();
}
