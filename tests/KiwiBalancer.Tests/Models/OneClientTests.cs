using CsCheck;
using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Models;

/// <summary>Random programs of one client, held after each step against <see cref="OneClientModel"/>: which request is where, not only how many.</summary>
public sealed class OneClientTests
{
    private const int Programs = 1_000;

    private static readonly Gen<OneClientSettings> Settings = Gen.Select(
        OneOf(BalancerStrategy.Weighted, BalancerStrategy.RoundRobin, BalancerStrategy.SingleClient),
        Gen.Int[1, 5],
        Gen.OneOf(Gen.Const((int?)null), Gen.Int[1, 4].Select(cap => (int?)cap)),
        OneOf(0, 1, 2, 3, 100),
        Gen.Enum<OverflowPolicy>(),
        Gen.Bool,
        (strategy, limit, cap, length, policy, hasTimeout) => new OneClientSettings(strategy, limit, cap, length, policy, hasTimeout));

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (6, Of(StepKind.Acquire, Gen.Int[1, OneClientSettings.MaxCost])),
        (2, Of(StepKind.TryAcquire, Gen.Int[1, OneClientSettings.MaxCost])),
        (5, Of(StepKind.Release, Gen.Int[0, 20])),
        (2, Of(StepKind.Cancel, Gen.Int[0, 20])),
        (1, Of(StepKind.SetLimit, Gen.Int[0, 6])),
        (1, Of(StepKind.SetCap, Gen.Int[1, 6])),
        (1, Of(StepKind.Advance, Gen.Int[1, 3])));

    [Fact]
    public void Program_OfOneClient_DoesWhatTheModelDoes() =>
        Gen.Select(Settings, Steps.Array[0, 40]).Sample(Run, iter: Effort.Times(Programs), threads: 1, print: Print);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<Step> Of(StepKind kind, Gen<int> number) => number.Select(number => new Step(kind, 0, number));

    private static string Print((OneClientSettings Settings, Step[] Steps) program) => $"{program.Settings}: {string.Join(", ", program.Steps)}";

    private static void Run((OneClientSettings Settings, Step[] Steps) program)
    {
        var model = new OneClientModel(program.Settings);
        using var actual = new OneClientActual(program.Settings);
        foreach (var step in program.Steps)
        {
            model.Do(step);
            actual.Do(step);
            Assert.Equal(model.Fates, actual.Fates);
            Assert.Equal(model.Limit, actual.Limit);
            Assert.Equal((model.InFlight, model.Waiting), actual.Client);
            var snapshot = actual.Snapshot;
            Assert.Equal((model.Limit, model.InFlight, model.Waiting), (snapshot.Limit, snapshot.InFlight, snapshot.Waiting));
        }
    }
}
