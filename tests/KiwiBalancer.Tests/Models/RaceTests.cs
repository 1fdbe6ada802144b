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

    private static void Sample(BalancerStrategy strategy, int clients, bool isOrdered)
    {
        var start = Gen.Select(Gen.Int[1, 3], Gen.Int[0, 3], (limit, waiting) => (new RaceActual(strategy, limit, waiting, clients), new RaceModel(limit, waiting)));
        var request = Gen.Int[0, 5];
        GenOperation<RaceActual, RaceModel>[] steps =
        [
            Make(Gen.Int[0, 2], i => $"Acquire({i})", (actual, i) => actual.Acquire(i), (model, _) => model.Acquire()),
            Make(Gen.Int[0, 2], i => $"TryAcquire({i})", (actual, i) => actual.TryAcquire(i), (model, _) => model.TryAcquire()),
            Make(request, i => $"Release({i})", (actual, i) => actual.Release(i), (model, i) => model.Release(i)),
            Make(request, i => $"Release({i})", (actual, i) => actual.Release(i), (model, i) => model.Release(i)),
            Make(Gen.Int[0, 4], i => $"SetLimit({i})", (actual, i) => actual.SetLimit(i), (model, i) => model.SetLimit(i)),
            isOrdered
                ? Make(request, i => $"Cancel({i})", (actual, i) => actual.Cancel(i), (model, i) => model.Cancel(i))
                : Make(Gen.Int[1, 9], i => $"SetWeight({i})", (actual, i) => actual.SetWeight(i, i), (_, _) => { }),
        ];

        start.SampleParallel(steps, (actual, model) => IsLike(actual, model, isOrdered), maxSequentialOperations: 3, maxParallelOperations: 5, iter: Effort.Times(Programs), threads: 2);
    }

    private static GenOperation<RaceActual, RaceModel> Make(Gen<int> number, Func<int, string> name, Action<RaceActual, int> actual, Action<RaceModel, int> model) =>
        GenOperation.Create(number, name, actual, model);

    private static bool IsLike(RaceActual actual, RaceModel model, bool isOrdered)
    {
        var isLike = actual.IsLike(model, isOrdered);
        if (isLike)
        {
            actual.Finish();
        }

        return isLike;
    }
}
