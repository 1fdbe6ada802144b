using Microsoft.Extensions.Time.Testing;

namespace KiwiBalancer.Tests.Support;

/// <summary>A clock of the host's that can be broken: then it throws when it is read, when a timer is made and when one is set; each can be broken alone.</summary>
internal sealed class BrokenTimerClock : FakeTimeProvider
{
    public bool IsBroken { get; set; }

    public bool IsMakingBroken { get; set; }

    public bool IsSettingBroken { get; set; }

    public override long GetTimestamp() => IsBroken ? throw Error() : base.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        IsBroken || IsMakingBroken ? throw Error() : new Timer(this, base.CreateTimer(callback, state, dueTime, period));

    private static InvalidOperationException Error() => new("This clock is broken.");

    private sealed class Timer(BrokenTimerClock clock, ITimer inner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => clock.IsBroken || clock.IsSettingBroken ? throw Error() : inner.Change(dueTime, period);

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
