using CsCheck;
using KiwiBalancer.Lab.Simulation;

namespace KiwiBalancer.Tests.Granting.Search;

/// <summary>Random cases: small numbers are the more likely, since there shares are least like a fluid.</summary>
internal static class Cases
{
    private static readonly Gen<int> Weight = Gen.Frequency((3, Gen.Int[1, 3]), (3, Gen.Int[1, 10]), (1, Gen.Int[1, 100]));

    private static readonly Gen<int> Limit = Gen.Frequency((3, Gen.Int[1, 6]), (3, Gen.Int[1, 24]), (1, Gen.Int[1, 60]));

    private static readonly Gen<int> Scale = Gen.Frequency((8, Gen.Const(1)), (2, Gen.Int[2, 10]), (1, Gen.Const(100)));

    private static readonly Gen<string> Distribution = Of(Durations.Names);

    private static readonly Gen<string> CalmDistribution = Of("constant", "uniform");

    private static readonly Gen<int> Client = Gen.Int[0, 9];

    private static readonly Gen<int> Seed = Gen.Int[0, 999];

    private static readonly Gen<Pause> Then = Gen.Frequency((1, Gen.Const(Pause.None)), (1, Gen.Const(Pause.Short)), (2, Gen.Const(Pause.UntilSettled)));

    /// <summary>Nothing changes.</summary>
    public static Gen<FairnessCase> Static(int maxCost = 1) => Of(Gen.Const(Array.Empty<Change>()), maxCost);

    /// <summary>One to eight changes, some of them before the one before has settled.</summary>
    public static Gen<FairnessCase> Dynamic(int maxCost = 1) => Of(AChange.Array[1, 8], maxCost);

    /// <summary>Clients come and go, each when the others have settled.</summary>
    public static Gen<FairnessCase> Newcomers { get; } =
        Gen.Select(
            Limit,
            Calm(Gen.Const(1)).Array[2, 8],
            Client.Select(client => new Change(ChangeKind.Presence, client, 0, Pause.UntilSettled)).Array[1, 6],
            Seed,
            (limit, clients, changes, seed) => new FairnessCase(limit, clients, changes, seed) { IsLong = false });

    private static Gen<Change> AChange => Gen.Frequency(
        (6, Of(ChangeKind.Presence, Gen.Const(0))),
        (3, Of(ChangeKind.Weight, Weight)),
        (4, Of(ChangeKind.Limit, Limit)),
        (1, Of(ChangeKind.Cap, Gen.Int[1, 20])),
        (1, Of(ChangeKind.Cancel, Gen.Const(0))),
        (1, Of(ChangeKind.Visitor, Gen.Int[1, 30])),
        (1, Of(ChangeKind.Crowd, Gen.Int[2, 20])));

    private static Gen<string> Of(params string[] names) => Gen.Int[0, names.Length - 1].Select(i => names[i]);

    private static Gen<Change> Of(ChangeKind kind, Gen<int> value) =>
        Gen.Select(Client, value, Then, (client, number, then) => new Change(kind, client, number, then));

    private static Gen<FairnessCase> Of(Gen<Change[]> changes, int maxCost)
    {
        var cost = maxCost == 1 ? Gen.Const(1) : Gen.Int[1, maxCost];
        var any = Gen.Select(Weight, cost, Distribution, Scale, (w, c, distribution, scale) => new ClientCase(w, c, distribution, scale));
        var clients = Gen.Frequency((1, Calm(cost).Array[2, 8]), (3, any.Array[2, 8]));
        return Gen.Select(Limit, clients, changes, Seed, (limit, who, then, seed) => new FairnessCase(limit, who, then, seed));
    }

    private static Gen<ClientCase> Calm(Gen<int> cost) =>
        Gen.Select(Weight, cost, CalmDistribution, (w, c, distribution) => new ClientCase(w, c, distribution, 1));
}
