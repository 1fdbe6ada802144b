namespace KiwiBalancer.Tests.Granting.Search;

/// <summary>One thing that happens, and for how long nothing else does.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Client">To whom: counted round among the clients of the case. The weight of visitors - 1.</param>
/// <param name="Value">The new weight, cap or limit, or how many come.</param>
/// <param name="Then">When the next change comes.</param>
internal sealed record Change(ChangeKind Kind, int Client, int Value, Pause Then)
{
    public override string ToString() => Kind switch
    {
        ChangeKind.Presence => $"#{Client} leaves or comes back",
        ChangeKind.Weight => $"#{Client} weighs {Value}",
        ChangeKind.Cap => $"#{Client} is capped at {Value}",
        ChangeKind.Limit => $"limit {Value}",
        ChangeKind.Cancel => $"#{Client} cancels all",
        ChangeKind.Visitor => $"a visitor of weight {Client + 1} sends {Value}",
        _ => $"{Value} visitors of weight {Client + 1} send one each",
    } + Then switch
    {
        Pause.None => " and",
        Pause.Short => ", soon",
        _ => ", in the end",
    };
}
