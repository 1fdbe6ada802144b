using KiwiBalancer.Granting;

namespace KiwiBalancer.Tests.Granting;

public sealed class IndexedHeapTests
{
    [Fact]
    public void Operations_InAnyOrder_KeepTheSmallestKeyOnTop()
    {
        var random = new Random(3);
        var heap = NewHeap(200);
        var items = Enumerable.Range(0, 200).Select(i => new Item { Name = i }).ToArray();
        var inside = new Dictionary<Item, (double Key, long Tie)>();
        for (var step = 0; step < 20_000; step++)
        {
            var item = items[random.Next(items.Length)];
            var (key, tie) = ((double)random.Next(30), (long)step);
            if (!inside.TryAdd(item, (key, tie)))
            {
                if (random.Next(2) == 0)
                {
                    heap.Remove(item);
                    inside.Remove(item);
                }
                else
                {
                    heap.Rekey(item, key, tie);
                    inside[item] = (key, tie);
                }
            }
            else
            {
                heap.Add(item, key, tie);
            }

            Assert.Equal(inside.Count, heap.Count);
            if (inside.Count > 0)
                Assert.Same(inside.MinBy(pair => pair.Value).Key, heap.Top);
            if (step % 100 == 0)
                heap.AssertInvariants();
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(50)]
    public void RekeyAll_KeysTurnedAround_TurnsTheOrderAround(int count)
    {
        var heap = NewHeap(64);
        foreach (var item in Enumerable.Range(0, count).Select(i => new Item { Name = i }))
            heap.Add(item, item.Name, 0);

        heap.RekeyAll(item => -item.Name);
        heap.AssertInvariants();

        Assert.Equal(Enumerable.Range(0, count).Reverse(), Drain(heap));
    }

    [Fact]
    public void Remove_EqualKeys_ComeOutByTheirTie()
    {
        var heap = NewHeap(50);
        var items = Enumerable.Range(0, 50).Select(i => new Item { Name = i }).ToArray();
        foreach (var item in items.Reverse())
            heap.Add(item, 1, item.Name);

        Assert.Equal(Enumerable.Range(0, 50), Drain(heap));
    }

    [Fact]
    public void Clear_ItemsLeftBehind_AreSweptByLaterOnes()
    {
        var heap = NewHeap(64);
        var weak = AddForgotten(heap);
        heap.Clear();

        for (var i = 0; i < 40; i++)
            heap.Add(new Item { Name = i }, i, 0);
        GC.Collect();

        Assert.Equal(40, heap.Count);
        Assert.All(weak, reference => Assert.False(reference.IsAlive));
    }

    [Fact]
    public void Install_LargerRoom_KeepsWhatIsInside()
    {
        var heap = NewHeap(3);
        foreach (var name in new[] { 2, 0, 1 })
            heap.Add(new Item { Name = name }, name, 0);

        heap.Install(new HeapEntry<Item>[10]);
        heap.Add(new Item { Name = 3 }, 3, 0);
        heap.Install(new HeapEntry<Item>[1]);

        Assert.Equal(10, heap.Capacity);
        Assert.Equal([0, 1, 2, 3], Drain(heap));
    }

    [Fact]
    public void CopyTo_ArrayOfTheirNumber_FillsIt()
    {
        var heap = NewHeap(8);
        var items = Enumerable.Range(0, 3).Select(i => new Item { Name = i }).ToArray();
        foreach (var item in items)
            heap.Add(item, item.Name, 0);

        var copied = new Item[3];

        Assert.Equal(3, heap.CopyTo(copied));
        Assert.Equal(items, copied.OrderBy(item => item.Name));
    }

    private static IndexedHeap<Item, Place> NewHeap(int capacity)
    {
        var heap = new IndexedHeap<Item, Place>();
        heap.Install(new HeapEntry<Item>[capacity]);
        return heap;
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference[] AddForgotten(IndexedHeap<Item, Place> heap)
    {
        var items = Enumerable.Range(0, 60).Select(i => new Item { Name = i }).ToArray();
        foreach (var item in items)
            heap.Add(item, item.Name, 0);
        return items.Select(item => new WeakReference(item)).ToArray();
    }

    private static List<int> Drain(IndexedHeap<Item, Place> heap)
    {
        var names = new List<int>();
        while (heap.Count > 0)
        {
            names.Add(heap.Top.Name);
            heap.Remove(heap.Top);
        }

        return names;
    }

    private sealed class Item
    {
        public int Index = -1;

        public int Name { get; init; }
    }

    private readonly struct Place : IHeapIndex<Item>
    {
        public static ref int Of(Item item) => ref item.Index;
    }
}
