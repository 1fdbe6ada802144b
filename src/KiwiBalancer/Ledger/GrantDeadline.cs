namespace KiwiBalancer.Ledger;

/// <summary>Until when slots may be taken. There is none with a constant limit, and so no clock on any path.</summary>
internal sealed class GrantDeadline(TimeProvider timeProvider)
{
    // Invariant: no take begins at or after it. Written by: the limit source, after the limit that goes with it.
    // Order: volatile, so that whoever sees a deadline sees its limit, or a later one, in the word that his exchange compares.
    private long _timestamp = long.MinValue;

    /// <summary>Whether it has come. One reading of the clock, which counts as past the deadline if it throws: this is asked where nothing may.</summary>
    public bool IsOver
    {
        get
        {
            try
            {
                return timeProvider.GetTimestamp() >= Volatile.Read(ref _timestamp);
            }
            catch (Exception)
            {
                return true;
            }
        }
    }

    /// <summary>Puts another deadline in force.</summary>
    public void Set(long timestamp) => Volatile.Write(ref _timestamp, timestamp);
}
