using System.Reflection;

namespace KiwiBalancer.Interleavings.Tests.Exploring;

/// <summary>What the core keeps for its threads beyond one balancer: objects to use again. Taken away before each run, or runs would differ by what others left.</summary>
internal static class Statics
{
    private static readonly FieldInfo[] OfThreads = [.. typeof(Balancer).Assembly.GetTypes()
        .Where(static type => type.Namespace?.StartsWith("KiwiBalancer", StringComparison.Ordinal) == true && !type.Namespace.Contains("Interleavings", StringComparison.Ordinal) && !type.ContainsGenericParameters)
        .SelectMany(static type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(static field => field.IsDefined(typeof(ThreadStaticAttribute)))];

    private static readonly MethodInfo?[] Takes = [.. OfThreads.Select(static field => field.FieldType.GetMethod("TryTake", []))];

    /// <summary>Takes away what this thread keeps.</summary>
    /// <returns>What it was, the objects of pools one by one.</returns>
    public static List<object> Empty()
    {
        List<object> found = [];
        for (var i = 0; i < OfThreads.Length; i++)
        {
            if (OfThreads[i].GetValue(null) is not { } kept)
            {
                continue;
            }

            OfThreads[i].SetValue(null, null);
            if (Takes[i] is not { } take)
            {
                found.Add(kept);
                continue;
            }

            while (take.Invoke(kept, null) is { } item)
            {
                found.Add(item);
            }
        }

        return found;
    }
}
