namespace KiwiBalancer.Tests.Granting.Search;

/// <summary>Clients on a server, and what happens to them one after another.</summary>
internal sealed record FairnessCase(int Limit, ClientCase[] Clients, Change[] Changes, int Seed)
{
    /// <summary>Whether it goes on after the last change for long enough to judge slot-seconds.</summary>
    public bool IsLong { get; init; } = true;

    public int MaxCost => Clients.Max(c => c.Cost);

    public int MaxLimit => Math.Max(Limit, Changes.Where(c => c.Kind == ChangeKind.Limit).Select(c => c.Value).DefaultIfEmpty(0).Max());

    public double Longest => Clients.Max(c => c.Longest);

    public bool IsCalm => Clients.All(c => c.IsCalm);

    /// <summary>How many clients there will have been.</summary>
    public int Room => Clients.Length + Changes.Sum(c => c.Kind == ChangeKind.Visitor ? 1 : c.Kind == ChangeKind.Crowd ? c.Value : 0);

    /// <summary>So many requests of each client that its queue never runs empty, even if all that run end in the same instant.</summary>
    public int Outstanding => (2 * MaxLimit) + 2;

    /// <summary>Where things change, every second client comes later, if at all.</summary>
    public bool IsThereAtFirst(int client) => Changes.Length == 0 || client % 2 == 0;

    public override string ToString() =>
        $"limit {Limit}, seed {Seed}, clients [{string.Join(", ", Clients.AsEnumerable())}]{string.Concat(Changes.Select(c => $"\n  {c}"))}";
}
