namespace KiwiBalancer.Redis.Tests.Schedules;

/// <summary>One event of a schedule; times in milliseconds.</summary>
internal sealed record Fault(double At, FaultKind Kind, int Node = 0, double Length = 0, int Value = 0);
