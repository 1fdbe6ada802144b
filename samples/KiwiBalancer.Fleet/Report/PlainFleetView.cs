using System.Globalization;
using KiwiBalancer.Fleet.Nodes;

namespace KiwiBalancer.Fleet.Report;

/// <summary>Shows a run as plain lines, for logs and pipes.</summary>
internal sealed class PlainFleetView(TextWriter output, TimeSpan every) : IFleetView
{
    private readonly Lock _lines = new();

    public TimeSpan SampleEvery => every;

    public void Started(string what) => Write(what);

    public void Controlled(FleetControl control)
    {
        // There are no keys to press.
    }

    public void Happened(string what, TimeSpan at) => Write(string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds,6:F1} s  {what}"));

    public void Show(FleetSample sample) => Write(string.Create(CultureInfo.InvariantCulture,
        $"{sample.At.TotalSeconds,6:F1} s  in flight {sample.Server.InFlight,3} of {sample.Server.Limit}, {100 * sample.Utilisation,3:F0} %  {string.Join(" | ", sample.Nodes.Select(Text))}"));

    private static string Text((string Name, int Weight, NodeStatus Status, NodeState State) node) => node.Status == NodeStatus.Running && node.State.IsLeased
        ? string.Create(CultureInfo.InvariantCulture, $"{node.Name} {node.State.InFlight}/{node.State.Slots}")
        : $"{node.Name} {Word(node.Status)}";

    /// <summary>What has become of a node, in a word or two.</summary>
    public static string Word(NodeStatus status) => status switch
    {
        NodeStatus.Starting => "starting",
        NodeStatus.Running => "no lease",
        NodeStatus.Paused => "stopped",
        NodeStatus.Killed => "killed",
        _ => "left",
    };

    private void Write(string line)
    {
        lock (_lines)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}
