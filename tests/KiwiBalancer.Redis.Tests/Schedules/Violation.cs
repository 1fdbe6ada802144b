namespace KiwiBalancer.Redis.Tests.Schedules;

/// <summary>A promise was broken.</summary>
internal sealed class Violation(string invariant, string what) : Exception($"{invariant}: {what}")
{
    public string Invariant => invariant;
}
