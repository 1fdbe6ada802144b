namespace KiwiBalancer.Redis.Ledger;

/// <summary>
/// The level x, in slots per weight, at which the nodes together use the limit. A node's use of x is a concave curve of straight lines, one bend a client;
/// a report carries three lines above it that touch it: through the origin, at the level the node was told, and the demand.
/// </summary>
internal static class WaterLevel
{
    /// <summary>What a node uses at a level, as far as its report tells, its demand left out.</summary>
    public static double Part(NodeEntry entry, double level) =>
        Math.Min(entry.Weight * level, entry.Satisfied + ((entry.Weight - entry.SatisfiedWeight) * level));

    /// <summary>
    /// Newton's method from the left: on a concave curve it never passes the solution, and ends exactly after as many steps as there are bends to pass.
    /// Sums are of whole numbers only, so that their order does not matter.
    /// </summary>
    /// <param name="nodes">Nodes that want more together than <paramref name="limit"/>.</param>
    /// <param name="limit">The limit.</param>
    public static double Find(IEnumerable<NodeEntry> nodes, int limit)
    {
        var all = nodes as NodeEntry[] ?? nodes.ToArray();
        var level = 0.0;
        while (true)
        {
            long used = 0, slope = 0;
            foreach (var node in all)
            {
                var steep = node.Weight * level;
                var flat = node.Satisfied + ((node.Weight - node.SatisfiedWeight) * level);
                if (node.Demand <= Math.Min(steep, flat))
                {
                    used += node.Demand;
                }
                else if (flat < steep)
                {
                    used += node.Satisfied;
                    slope += node.Weight - node.SatisfiedWeight;
                }
                else
                {
                    slope += node.Weight;
                }
            }

            var next = slope == 0 ? level : (double)(limit - used) / slope;
            if (next <= level)
            {
                return level;
            }

            level = next;
        }
    }
}
