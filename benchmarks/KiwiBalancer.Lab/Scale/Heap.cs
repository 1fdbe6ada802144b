namespace KiwiBalancer.Lab.Scale;

/// <summary>What lives on the heap after a full collection.</summary>
internal static class Heap
{
    public static long Bytes()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
