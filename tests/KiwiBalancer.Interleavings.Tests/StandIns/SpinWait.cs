using KiwiBalancer.Interleavings.Tests.Exploring;

namespace System.Threading;

/// <summary>Stands in for the framework's type of this name: spins once, which lets any other go on for free.</summary>
internal struct SpinWait
{
    public int Count { get; private set; }

    public readonly bool NextSpinWillYield => Count > 0;

    public void SpinOnce()
    {
        Count++;
        Scheduler.Yield();
    }

    public void SpinOnce(int sleep1Threshold) => SpinOnce();

    public void Reset() => Count = 0;
}
