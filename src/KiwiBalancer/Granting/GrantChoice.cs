namespace KiwiBalancer.Granting;

/// <summary>Finds the head to grant: the lines in order, each top checked against the present before it is believed.</summary>
internal sealed class GrantChoice(WaterLevel level, FluidClock clock, MeanDuration duration, Lines lines, RisingQuota rising, Standings standings)
{
    // When λ swings about a whole share, clients cross the border of Parked in crowds. Each pick moves a few; the rest keep until it matters.
    private const int MaxUnparked = 8;

    // A running client ahead of V moves on almost as fast as V does. Chasing each of them at every pick would cost dozens of re-keyings; left behind
    // for some picks they are so much staler that few remain to be done, and nobody ripens later than by a few grants.
    private const int MaxChased = 3;

    // Equal clients served in one round ripen all at once. A pick must not take a million steps, but three would be too few: a client of share 0.9
    // that ripened behind a thousand light ones waited until all of them had been moved, and fell 118 slots·D behind.
    private const int MaxRipened = 256;

    // For how many virtual deadlines a client that holds nothing gives way to the floors of others. Where wide requests cannot be packed so that all keep
    // theirs, somebody has to: 13 slots, two clients that cost 5 with shares of 5 left a third, of cost 4, nothing for ever.
    private const int Patience = 8;

    // Deadlines a little later than one period. All capacity is given out by rate, so some light clients are always a little late at the end of a round; due exactly
    // then, all of these went before the next turn of a heavy one, which fell 6.6 slots·D behind a thousand of them. Among likes the order is the same.
    private const double Ease = 1.125;

    private readonly WideHeads _wide = new();

    public void Clear() => _wide.Clear();

    /// <summary>Puts the claim where its new numbers belong.</summary>
    public void Update(WeightedClaim claim)
    {
        _wide.Review(claim);
        if (claim.HeadCost > 0)
        {
            File(claim);
            return;
        }

        lines.Leave(claim);
        claim.Order = 0;
        if (claim.Role == Role.None)
            rising.Forget(claim);
    }

    private void File(WeightedClaim claim)
    {
        var line = LineOf(claim);
        lines.File(claim, line, KeyIn(line, claim));
        if (line != Line.Quota)
            rising.Watch(claim);
    }

    /// <summary>The claim whose head is to have slots out of the <paramref name="free"/> ones; null if they stay free for now.</summary>
    public WeightedClaim? Pick(int free)
    {
        var picked = Choose(free);
        if (picked is not null)
        {
            picked.Bypassed = 0;
            picked.Order = 0;
        }

        return picked;
    }

    private WeightedClaim? Choose(int free)
    {
        if (_wide.Reserved is { } reserved)
        {
            if (LineOf(reserved) != Line.Parked)
            {
                if (!IsStarving(reserved) && TopQuota() is { } below && below.HeadCost <= free)
                    return below;
                return reserved.HeadCost <= free ? reserved : null;
            }

            _wide.Clear();
        }

        WeightedClaim? picked = null;
        while (First() is { } claim)
        {
            if (claim.HeadCost <= free)
            {
                if (!_wide.HasAside || MayFillGap(claim))
                    picked = claim;
                break;
            }

            // Nothing is kept for one who is not due, however often he is passed: a wide client would have 2.8 times its share among narrow ones.
            if (claim.Line is (Line.Quota or Line.Owed) && (IsOverdue(claim) || !_wide.MayPass(claim)))
            {
                _wide.Reserve(claim);
                break;
            }

            if (!_wide.TrySetAside(claim, lines))
                break;
        }

        if (_wide.HasAside)
            _wide.Restore(lines, picked is not null);
        return picked;
    }

    private WeightedClaim? First()
    {
        Unpark();
        Ripen();
        if (lines.Owed.Count > 0 && lines.Owed.Top.HeadCost > 1 && TopOwed() is { HeadCost: > 1 } wide && IsStarving(wide))
            return wide;
        while (true)
        {
            if ((TopQuota() ?? TopOwed()) is { } first)
                return first;

            // The last of the owed may have been found below its quota: λ, or the widest request, has changed since it was filed.
            if (lines.Quota.Count > 0)
                continue;
            if (lines.Ahead.Count == 0)
                return lines.Parked.Count > 0 ? lines.Parked.Top : null;
            if (IsTopCurrent(lines.Ahead, Line.Ahead))
                return lines.Ahead.Top;
        }
    }

    private WeightedClaim? TopQuota()
    {
        while (true)
        {
            if (lines.Quota.Count == 0)
            {
                if (rising.Find() is not { } risen)
                    return null;
                File(risen);
                continue;
            }

            var top = lines.Quota.Top;
            standings.Review(top);
            if (LineOf(top) == Line.Quota)
                return top;
            File(top);
        }
    }

    private WeightedClaim? TopOwed()
    {
        while (lines.Owed.Count > 0)
        {
            if (IsTopCurrent(lines.Owed, Line.Owed))
                return lines.Owed.Top;
        }

        return null;
    }

    // A running client's virtual time moves on while it waits: the stored key is a lower bound.
    private bool IsTopCurrent(IndexedHeap<WeightedClaim, WeightedClaim.InLine> heap, Line line)
    {
        var top = heap.Top;
        var stored = heap.TopKey;
        clock.Charge(top);
        if (LineOf(top) == line && KeyIn(line, top) <= stored)
            return true;
        File(top);
        return heap.Count > 0 && heap.Top == top;
    }

    private void Unpark()
    {
        var lambda = level.Lambda;
        for (var i = 0; i < MaxUnparked && lines.Parked.Count > 0 && lines.Parked.TopKey < lambda; i++)
        {
            var top = lines.Parked.Top;
            clock.Charge(top);
            File(top);
            if (top.Line == Line.Parked)
                return;
        }
    }

    private void Ripen()
    {
        var chased = 0;
        for (var i = 0; i < MaxRipened && lines.Ahead.Count > 0 && lines.Ahead.TopKey <= clock.Time; i++)
        {
            var top = lines.Ahead.Top;
            clock.Charge(top);
            File(top);
            if (top.Line == Line.Ahead && ++chased == MaxChased)
                return;
        }
    }

    private Line LineOf(WeightedClaim claim)
    {
        if (claim.Role == Role.Stuck)
            return Line.Parked;
        if (claim.Role == Role.Satisfied || level.Covers((long)claim.CountedInFlight + level.Widest, claim.CountedWeight))
            return Line.Quota;
        if (level.IsReachedBy(Math.Min(claim.CountedInFlight, (long)claim.CountedInFlight + claim.HeadCost - level.Widest + 1), claim.CountedWeight))
            return Line.Parked;
        return claim.Used <= clock.Time ? Line.Owed : Line.Ahead;
    }

    private double KeyIn(Line line, WeightedClaim claim) => line switch
    {
        Line.Owed => Deadline(claim, Ease),
        Line.Ahead => claim.Used,
        _ => claim.CountedInFlight * claim.PerWeight,
    };

    private double Deadline(WeightedClaim claim, double times = 1) => claim.Used + (times * duration.Slice * claim.HeadCost * claim.PerWeight);

    private bool IsOverdue(WeightedClaim claim) => Deadline(claim) <= clock.Time;

    private bool IsStarving(WeightedClaim claim) => claim.CountedInFlight == 0 && Deadline(claim, 1 + Patience) <= clock.Time;

    private bool MayFillGap(WeightedClaim claim) =>
        claim.Line != Line.Parked || claim.CountedInFlight + claim.HeadCost <= (level.Lambda * claim.CountedWeight) + _wide.Widest - 1;
}
