namespace KiwiBalancer.Benchmarks.Rivals;

/// <summary>One way to let no more than so many requests run at once.</summary>
public interface IRival : IDisposable
{
    /// <summary>
    /// One caller: so many requests one after another, each written as a user of this library would write it. The loop is the rival's own, so that no call through an interface and no
    /// further state machine stands between the measurement and the measured.
    /// </summary>
    /// <param name="caller">Who calls, from 0. Only a balancer asks, and sends in the name of one of its clients.</param>
    /// <param name="times">How many requests.</param>
    /// <param name="work">What runs while the slot is held; null: nothing.</param>
    /// <param name="cancellationToken">Handed to the rival and to the work.</param>
    Task CallAsync(int caller, int times, Work? work, CancellationToken cancellationToken);
}
