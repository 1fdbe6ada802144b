using CsCheck;
using KiwiBalancer.Tests.Support;

namespace KiwiBalancer.Tests.Models;

/// <summary>Random programs of several clients of different weight, held after each step against <see cref="ManyClientsModel"/>: no slot idle, none too many, and every client's numbers exact.</summary>
public sealed class ManyClientsTests
{
    private const int Clients = 4;
    private const int Programs = 500;

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (6, Of(StepKind.Acquire, Gen.Const(1))),
        (1, Of(StepKind.TryAcquire, Gen.Const(1))),
        (5, Of(StepKind.Release, Gen.Int[0, 20])),
        (2, Of(StepKind.Cancel, Gen.Int[0, 20])),
        (1, Of(StepKind.SetLimit, Gen.Int[0, 8])),
        (1, Of(StepKind.SetWeight, Gen.Int[1, 1_000_000])));

    [Theory]
    [InlineData(BalancerStrategy.Weighted)]
    [InlineData(BalancerStrategy.RoundRobin)]
    public void Program_OfManyClients_DoesWhatTheModelDoes(BalancerStrategy strategy) =>
        Gen.Select(Gen.Int[1, 6], Steps.Array[0, 60]).Sample(program => Run(strategy, program), iter: Effort.Times(Programs), threads: 1, print: program => $"limit {program.Item1}: {string.Join(", ", program.Item2)}");

    private static Gen<Step> Of(StepKind kind, Gen<int> number) => Gen.Select(Gen.Int[0, Clients - 1], number, (client, number) => new Step(kind, client, number));

    private static void Run(BalancerStrategy strategy, (int Limit, Step[] Steps) program)
    {
        var model = new ManyClientsModel(program.Limit);
        using var actual = new ManyClientsActual(strategy, program.Limit, Clients);
        foreach (var step in program.Steps)
        {
            Do(step, actual, model);
            var snapshot = actual.Snapshot;
            Assert.Equal(model.ToString(), $"{snapshot.InFlight} of {snapshot.Limit}, {snapshot.Waiting} waiting");
            Assert.Equal(actual.Counted, actual.Said);
            Assert.Equal(actual.Said, snapshot.Clients.Select(client => (client.InFlight, client.Waiting)));
        }
    }

    private static void Do(Step step, ManyClientsActual actual, ManyClientsModel model)
    {
        switch (step.Kind)
        {
            case StepKind.Acquire:
                actual.Acquire(step.Client);
                model.Acquire();
                break;
            case StepKind.TryAcquire:
                Assert.Equal(model.TryAcquire(), actual.TryAcquire(step.Client));
                break;
            case StepKind.Release when actual.Release(step.Number):
                model.Release();
                break;
            case StepKind.Cancel when actual.Cancel(step.Number):
                model.Cancel();
                break;
            case StepKind.SetLimit:
                actual.SetLimit(step.Number);
                model.SetLimit(step.Number);
                break;
            case StepKind.SetWeight:
                actual.SetWeight(step.Client, step.Number);
                break;
        }
    }
}
