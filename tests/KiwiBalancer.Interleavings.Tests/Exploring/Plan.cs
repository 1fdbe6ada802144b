namespace KiwiBalancer.Interleavings.Tests.Exploring;

/// <summary>
/// A depth-first walk over all courses with at most so many preemptions (Musuvathi and Qadeer, PLDI 2007). A preemption is tried only before a step that may disturb, or be disturbed by, another actor's: before any other,
/// the same is reached by preempting later.
/// </summary>
internal sealed class Plan(int preemptions, Conflicts conflicts)
{
    private readonly List<Decision> _decisions = [];
    private int _next;
    private int _preempted;

    /// <summary>Begins another course.</summary>
    public void Begin()
    {
        _next = 0;
        _preempted = 0;
    }

    public int Choose(int step, int self, bool[] mayRun, bool isFree, Site? site, Access access)
    {
        if (site is not null)
        {
            conflicts.Learn(site, access, self);
        }

        if (_next < _decisions.Count && _decisions[_next].Step == step)
        {
            var decision = _decisions[_next++];
            var chosen = decision.Options[decision.Taken];
            _preempted += isFree || chosen == self ? 0 : 1;
            return chosen;
        }

        if (!isFree && (_preempted == preemptions || !conflicts.IsConflict(site!)))
        {
            return self;
        }

        // Whoever runs goes on, unless it cannot or lets others pass.
        Span<byte> options = stackalloc byte[mayRun.Length];
        var count = 0;
        if (!isFree)
        {
            options[count++] = (byte)self;
        }

        for (var i = 0; i < mayRun.Length; i++)
        {
            if (mayRun[i] && (isFree || i != self))
            {
                options[count++] = (byte)i;
            }
        }

        if (count > 1)
        {
            _decisions.Add(new Decision(step, options[..count].ToArray()));
            _next = _decisions.Count;
        }

        return options[0];
    }

    /// <summary>Turns to the next course.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Advance()
    {
        while (_decisions.Count > 0)
        {
            var last = _decisions[^1];
            if (++last.Taken < last.Options.Length)
            {
                return true;
            }

            _decisions.RemoveAt(_decisions.Count - 1);
        }

        return false;
    }

    private sealed class Decision(int step, byte[] options)
    {
        public int Step { get; } = step;

        public byte[] Options { get; } = options;

        public int Taken { get; set; }
    }
}
