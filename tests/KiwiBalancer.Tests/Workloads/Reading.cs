namespace KiwiBalancer.Tests.Workloads;

/// <summary>Reads results.</summary>
internal static class Reading
{
    public static async Task<List<T>> ReadAsync<T>(this IAsyncEnumerable<T> results, Action<T>? onEach = null)
    {
        var list = new List<T>();
        await foreach (var result in results.ConfigureAwait(false))
        {
            list.Add(result);
            onEach?.Invoke(result);
        }

        return list;
    }

    /// <summary>Reads to the exception that ends the results.</summary>
    public static async Task<(List<T> Results, Exception? Error)> ToErrorAsync<T>(this IAsyncEnumerable<T> results)
    {
        var list = new List<T>();
        try
        {
            await foreach (var result in results.ConfigureAwait(false))
            {
                list.Add(result);
            }
        }
        catch (Exception exception)
        {
            return (list, exception);
        }

        return (list, null);
    }
}
