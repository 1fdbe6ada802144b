namespace KiwiBalancer.Interleavings.Tests.Exploring;

/// <summary>Which fields more than one actor touches and at least one writes, as learned so far. What is used is frozen while a walk runs, or its courses could not be told apart; a walk that has learned more is repeated.</summary>
internal sealed class Conflicts
{
    private readonly Dictionary<string, (int Readers, int Writers)> _seen = new(StringComparer.Ordinal);
    private HashSet<string> _frozen = [];
    private bool _isAll = true;

    public void Learn(Site site, Access access, int actor)
    {
        ref var seen = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_seen, site.Field, out _);
        if (access == Access.Write)
        {
            seen.Writers |= 1 << actor;
        }
        else
        {
            seen.Readers |= 1 << actor;
        }
    }

    public bool IsConflict(Site site) => _isAll || site.IsAnything || _frozen.Contains(site.Field);

    /// <summary>Uses what has been learned.</summary>
    /// <returns>Whether that is more than was used before.</returns>
    public bool Freeze()
    {
        var all = _seen.Where(field => field.Value.Writers != 0 && int.PopCount(field.Value.Writers | field.Value.Readers) > 1).Select(field => field.Key).ToHashSet(StringComparer.Ordinal);
        var isMore = _isAll || all.Count > _frozen.Count;
        _isAll = false;
        _frozen = all;
        return isMore;
    }
}
