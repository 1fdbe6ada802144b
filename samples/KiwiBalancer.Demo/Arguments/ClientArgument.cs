namespace KiwiBalancer.Demo.Arguments;

/// <summary>One client of <c>--clients</c>: <c>name:weight[:requests]</c>.</summary>
/// <param name="Name">The client's name.</param>
/// <param name="Weight">Its relative claim.</param>
/// <param name="Requests">How many requests it sends, or null to have the scenario choose.</param>
internal sealed record ClientArgument(string Name, int Weight, int? Requests)
{
    public const string Option = "--clients";
    public const int MaxWeight = 1_000_000;
    private const int MaxClients = 100;

    public static IReadOnlyList<ClientArgument> ParseList(string text)
    {
        string[] parts = text.Split(',');
        if (parts.Length > MaxClients)
        {
            throw new WrongArgumentException($"{Option} names {parts.Length} clients, but at most {MaxClients} are shown; leave some out");
        }

        ClientArgument[] clients = [.. parts.Select(Parse)];
        ArgumentText.RequireDistinct(Option, clients.Select(c => c.Name));
        return clients;
    }

    private static ClientArgument Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length is not (2 or 3))
        {
            throw new WrongArgumentException($"{Option} has '{text}', but a client is name:weight or name:weight:requests; write for example billing:2 or billing:2:500");
        }

        return new ClientArgument(
            ArgumentText.ClientName(Option, parts[0]),
            ArgumentText.Integer($"the weight of client '{parts[0]}'", parts[1], 1, MaxWeight),
            parts.Length == 3 ? ArgumentText.Integer($"the requests of client '{parts[0]}'", parts[2], 1, 1_000_000) : null);
    }
}
