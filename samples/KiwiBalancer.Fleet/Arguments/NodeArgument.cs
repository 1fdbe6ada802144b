using KiwiBalancer.Demo.Arguments;

namespace KiwiBalancer.Fleet.Arguments;

/// <summary>The nodes of <c>--nodes</c>: <c>name:weight,...</c>.</summary>
internal static class NodeArgument
{
    public const string Option = "--nodes";
    private const int Most = 20;

    public static IReadOnlyList<(string Name, int Weight)> ParseList(string text)
    {
        string[] parts = text.Split(',');
        if (parts.Length > Most)
        {
            throw new WrongArgumentException($"{Option} names {parts.Length} nodes, but each is a process and at most {Most} are started; leave some out");
        }

        (string Name, int Weight)[] nodes = [.. parts.Select(Parse)];
        ArgumentText.RequireDistinct(Option, nodes.Select(n => n.Name));
        return nodes;
    }

    private static (string Name, int Weight) Parse(string text) => text.Split(':') is [var name, var weight]
        ? (ArgumentText.ClientName(Option, name), ArgumentText.Integer($"the weight of node '{name}'", weight, 1, ClientArgument.MaxWeight))
        : throw new WrongArgumentException($"{Option} has '{text}', but a node is name:weight; write for example alpha:2");
}
