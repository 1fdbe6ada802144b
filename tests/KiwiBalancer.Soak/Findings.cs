using System.Collections.Concurrent;

namespace KiwiBalancer.Soak;

/// <summary>What went wrong, each kind once, with how often.</summary>
internal sealed class Findings
{
    private readonly ConcurrentDictionary<string, int> _found = new(StringComparer.Ordinal);

    public bool IsEmpty => _found.IsEmpty;

    public IEnumerable<string> All => _found.Select(found => $"{found.Key} ({found.Value} times)").Order(StringComparer.Ordinal);

    /// <param name="what">What is wrong; null for nothing.</param>
    public void Add(string? what)
    {
        if (what is not null)
        {
            _found.AddOrUpdate(what, 1, static (_, times) => times + 1);
        }
    }
}
