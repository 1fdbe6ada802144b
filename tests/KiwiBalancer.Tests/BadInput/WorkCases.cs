using static KiwiBalancer.Tests.BadInput.BadInputCase;

namespace KiwiBalancer.Tests.BadInput;

/// <summary>Pieces of work run in the name of a client.</summary>
internal static class WorkCases
{
    public static IEnumerable<BadInputCase> All =>
    [
        .. Works(
            "ClientHandleExtensions.RunAsync",
            "(client, work, {0}cancellationToken)",
            (client, isNull, cost) => _ = cost is { } slots ? client.RunAsync(isNull ? null! : Nothing, slots) : client.RunAsync(isNull ? null! : Nothing)),
        .. Works(
            "ClientHandleExtensions.RunAsync<TResult>",
            "(client, work, {0}cancellationToken)",
            (client, isNull, cost) => _ = cost is { } slots ? client.RunAsync(isNull ? null! : Number, slots) : client.RunAsync(isNull ? null! : Number)),
        .. Works(
            "ClientHandleExtensions.RunAsync<TState>",
            "(client, work, state, {0}cancellationToken)",
            (client, isNull, cost) => _ = cost is { } slots ? client.RunAsync(isNull ? null! : NothingOf, "state", slots) : client.RunAsync(isNull ? null! : NothingOf, "state")),
        .. Works(
            "ClientHandleExtensions.RunAsync<TState, TResult>",
            "(client, work, state, {0}cancellationToken)",
            (client, isNull, cost) => _ = cost is { } slots ? client.RunAsync(isNull ? null! : NumberOf, "state", slots) : client.RunAsync(isNull ? null! : NumberOf, "state")),
        .. Work("ClientHandleExtensions.StreamAsync<T>(client, work, cancellationToken)", (client, isNull) => client.StreamAsync<int>(isNull ? null! : Stream)),
        .. Work(
            "ClientHandleExtensions.StreamAsync<TState, T>(client, work, state, cost, cancellationToken)",
            (client, isNull) => client.StreamAsync(isNull ? null! : StreamOf, "state")),
        .. ClientCases.Costs(
            "ClientHandleExtensions.StreamAsync<TState, T>(client, work, state, cost, cancellationToken)",
            (scene, cost) => scene.Client.StreamAsync(StreamOf, "state", cost)),
    ];

    private static Func<CancellationToken, ValueTask> Nothing => static _ => default;

    private static Func<CancellationToken, ValueTask<int>> Number => static _ => default;

    private static Func<string, CancellationToken, ValueTask> NothingOf => static (_, _) => default;

    private static Func<string, CancellationToken, ValueTask<int>> NumberOf => static (_, _) => default;

    private static Func<CancellationToken, IAsyncEnumerable<int>> Stream => static _ => AsyncEnumerable.Empty<int>();

    private static Func<string, CancellationToken, IAsyncEnumerable<int>> StreamOf => static (_, _) => AsyncEnumerable.Empty<int>();

    /// <summary>The overload without a cost and the one with it.</summary>
    private static IEnumerable<BadInputCase> Works(string method, string parameters, Action<IClientHandle, bool, int?> call)
    {
        var (plain, wide) = (method + string.Format(null, parameters, ""), method + string.Format(null, parameters, "cost, "));
        return
        [
            .. Work(plain, (client, isNull) => call(client, isNull, null)),
            .. Work(wide, (client, isNull) => call(client, isNull, 1)),
            .. ClientCases.Costs(wide, (scene, cost) => call(scene.Client, false, cost)),
        ];
    }

    private static IEnumerable<BadInputCase> Work(string member, Action<IClientHandle, bool> call) =>
    [
        Null(member, "client", _ => call(null!, false)),
        Null(member, "work", scene => call(scene.Client, true)),
        ClientCases.Foreign(member, (_, client) => call(client, false)),
    ];
}
