namespace KiwiBalancer.Fleet.Faults;

/// <summary>What happened, when, and until when the fleet may take to be full again.</summary>
/// <param name="Kind">What.</param>
/// <param name="Text">What, in two or three words.</param>
/// <param name="Begun">When it began, a <see cref="System.Diagnostics.Stopwatch"/> timestamp.</param>
/// <param name="Over">When its cause was over: the process was up again, the engine answered.</param>
/// <param name="Settled">When the server may be expected to be full again, by the protocol: the end of the fault window.</param>
internal sealed record FaultRecord(FaultKind Kind, string Text, long Begun, long Over, long Settled);
