namespace KiwiBalancer.Redis.Ledger;

/// <summary>What the engine knows of itself when it takes a step.</summary>
/// <param name="Time">Its wall clock, in milliseconds.</param>
/// <param name="Run">Which run of which process it is; another after a restart, a fail-over, a move to another machine.</param>
/// <param name="MemorySince">Since when it has surely forgotten nothing: its start, or now if keys were flushed or evicted in this run. Asked only where the ledger is not there.</param>
internal readonly record struct EngineMoment(long Time, string Run, long MemorySince);
