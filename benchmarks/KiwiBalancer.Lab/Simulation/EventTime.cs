namespace KiwiBalancer.Lab.Simulation;

/// <summary>When an event happens; those of one instant in the order in which they were planned.</summary>
internal readonly record struct EventTime(double Time, long Order) : IComparable<EventTime>
{
    public static bool operator <(EventTime left, EventTime right) => left.CompareTo(right) < 0;

    public static bool operator >(EventTime left, EventTime right) => left.CompareTo(right) > 0;

    public static bool operator <=(EventTime left, EventTime right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EventTime left, EventTime right) => left.CompareTo(right) >= 0;

    public int CompareTo(EventTime other) => Time != other.Time ? Time.CompareTo(other.Time) : Order.CompareTo(other.Order);
}
