namespace KiwiBalancer.Interleavings.Tests.Exploring;

/// <summary>One thread of a run. It runs only while it has the baton.</summary>
internal sealed class Actor : IDisposable
{
    private readonly Scheduler _scheduler;
    private readonly SemaphoreSlim _baton = new(0);

    public Actor(Scheduler scheduler, int index)
    {
        _scheduler = scheduler;
        Index = index;
        new Thread(Live) { IsBackground = true, Name = $"Actor {Letter}" }.Start();
    }

    public int Index { get; }

    public char Letter => (char)('A' + Index);

    /// <summary>What it does in this run; null when it has ended.</summary>
    public Action? Script { get; set; }

    /// <summary>What must be true before it may go on; null: nothing.</summary>
    public Func<bool>? WaitsFor { get; set; }

    public string? WaitsWhere { get; set; }

    /// <summary>Whether it is inside a call of the core.</summary>
    public bool IsInside { get; set; }

    public bool MayRun => Script is not null && (WaitsFor is null || WaitsFor());

    public void Give() => _baton.Release();

    public void Take() => _baton.Wait();

    public void Dispose() => _baton.Dispose();

    private void Live()
    {
        Scheduler.Enlist(_scheduler, this);
        while (true)
        {
            Take();
            if (_scheduler.IsDisbanded)
            {
                Dispose();
                return;
            }

            _scheduler.Play(this);
        }
    }
}
