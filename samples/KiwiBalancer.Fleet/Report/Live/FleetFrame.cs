using KiwiBalancer.Demo.Measuring;
using KiwiBalancer.Demo.Report.Live;

namespace KiwiBalancer.Fleet.Report.Live;

/// <summary>What the live view shows at one moment. It does not change any more.</summary>
/// <param name="Title">The engine, and what else is always so.</param>
/// <param name="Sample">The fleet.</param>
/// <param name="Selected">The node the keys do something to.</param>
/// <param name="ExpectedSeconds">How long the run is going to take.</param>
/// <param name="History">Slots of each node so far.</param>
/// <param name="Events">What happened so far, in order.</param>
internal sealed record FleetFrame(
    string Title, FleetSample Sample, int Selected, double ExpectedSeconds, IReadOnlyList<HistoryPoint> History, IReadOnlyList<CourseEvent> Events);
