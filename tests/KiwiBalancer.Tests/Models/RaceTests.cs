using CsCheck;
using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Models;

/// <summary>
/// Random steps taken by several threads at once: where they end must be where one order of them, one after another, ends in <see cref="RaceModel"/>. So the limit and the slots in flight are linearizable; each client's
/// numbers are exact when all has come to rest.
/// </summary>
[Collection(nameof(Alone))]
public sealed class RaceTests
{
    private const int Programs = 50;

    [Theory]
    [InlineData(BalancerStrategy.Weighted)]
    [InlineData(BalancerStrategy.RoundRobin)]
    [InlineData(BalancerStrategy.SingleClient)]
    public void Steps_OfOneClientAtOnce_EndWhereOneOrderOfThemEnds(BalancerStrategy strategy) => Sample(strategy, clients: 1, isOrdered: true);

    [Theory]
    [InlineData(BalancerStrategy.Weighted)]
    [InlineData(BalancerStrategy.RoundRobin)]
    public void Steps_OfManyClientsAtOnce_EndWhereOneOrderOfThemEnds(BalancerStrategy strategy) => Sample(strategy, clients: 3, isOrdered: false);

    // Only steps whose grants may come a moment later, by the loop that another thread owns, without a difference: a limit lowered, a waiter cancelled or a
    // TryAcquire in that moment is answered by what is in force then. (Those races are explored, one by one, in KiwiBalancer.Interleavings.Tests.)
    private static void Sample(BalancerStrategy strategy, int clients, bool isOrdered)
    {
        var start = Gen.Select(Gen.Int[1, 3], Gen.Int[0, 3], (first, waiting) => (new RaceActual(strategy, first, waiting, clients), new RaceModel(first, waiting)));
        var request = Gen.Int[0, 5];
        GenOperation<RaceActual, RaceModel>[] steps =
        [
            Make(Gen.Int[0, 2], i => $"Acquire({i})", (actual, i) => actual.Acquire(i), (model, _) => model.Acquire()),
            Make(request, i => $"Release({i})", (actual, i) => actual.Release(i), (model, i) => model.Release(i)),
            Make(request, i => $"Release({i})", (actual, i) => actual.Release(i), (model, i) => model.Release(i)),
            Make(Gen.Const(5), i => $"SetLimit({i})", (actual, i) => actual.SetLimit(i), (model, i) => model.SetLimit(i)),
            Make(Gen.Int[1, 9], i => $"SetWeight({i})", (actual, i) => actual.SetWeight(i, i), (_, _) => { }),
        ];

        start.SampleParallel(steps, (actual, model) => actual.IsLike(model, isOrdered), maxSequentialOperations: 3, maxParallelOperations: 5, iter: Effort.Times(Programs), threads: 2);
    }

    private static GenOperation<RaceActual, RaceModel> Make(Gen<int> number, Func<int, string> name, Action<RaceActual, int> actual, Action<RaceModel, int> model) =>
        GenOperation.Create(number, name, actual, model);
}
