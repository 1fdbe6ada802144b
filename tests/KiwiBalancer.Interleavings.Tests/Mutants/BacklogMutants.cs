namespace KiwiBalancer.Interleavings.Tests.Mutants;

/// <summary>Rules of <c>Backlog/README.md</c>.</summary>
internal static class BacklogMutants
{
    public static IEnumerable<Mutant> All { get; } =
    [
        new(
            "Leave the note, then ring",
            "Granting/GrantLoop.cs",
            "if (!_inbox.Push(waiter) || kind == WaiterKind.Probe || !CanOnlyWait(client))",
            "Run(now);\n        if (!_inbox.Push(waiter) && false)",
            "a release meets an arrival"),
        new(
            "Notes are pushed by compare-exchange",
            "Backlog/Inbox.cs",
            "var found = Interlocked.CompareExchange(ref _last, note, last);",
            """
            Volatile.Write(ref _last, note);
                        var found = last;
            """,
            "two threads of one client send while another's slot comes back"),
        new(
            "Notes are taken whole by one exchange",
            "Backlog/Inbox.cs",
            "var note = IsEmpty ? null : Interlocked.Exchange(ref _last, null);",
            """
            var note = Volatile.Read(ref _last);
                    Volatile.Write(ref _last, null);
            """,
            "three run on one slot", "a release meets an arrival"),
        new(
            "Notes are read in the order they were left",
            "Backlog/Inbox.cs",
            """
            Note? first = null;
                    while (note is not null)
            """,
            """
            Note? first = note;
                    while (first is null)
            """,
            "one client sends twice while its slot comes back", "a client is closed while its first waiter arrives"),
        new(
            "A touch note takes what was returned after it is no longer marked as left",
            "Backlog/TouchNote.cs",
            """
            Interlocked.Exchange(ref _isLeft, 0);
                    round.Touch(backlog, Interlocked.Exchange(ref _returned, 0));
            """,
            """
            var returned = Interlocked.Exchange(ref _returned, 0);
                    Interlocked.Exchange(ref _isLeft, 0);
                    round.Touch(backlog, returned);
            """,
            "two slots of one client come back while a third thread owns"),
        new(
            "What was returned is added before the touch note is marked as left",
            "Backlog/TouchNote.cs",
            """
            if (returned != 0)
                    {
                        Interlocked.Add(ref _returned, returned);
                    }

                    return Interlocked.Exchange(ref _isLeft, 1) == 0;
            """,
            """
            var isFirst = Interlocked.Exchange(ref _isLeft, 1) == 0;
                    Interlocked.Add(ref _returned, returned);
                    return isFirst;
            """,
            "two slots of one client come back while a third thread owns"),
        new(
            "A touch note is left at most once until it is read",
            "Clients/BalancerEngine.cs",
            """
            if (backlog.Touched.Add(0))
                        {
                            Loop.Leave(backlog.Touched);
                        }
            """,
            """
            backlog.Touched.Add(0);
                        Loop.Leave(backlog.Touched);
            """,
            "a weight is set while two of its client's waiters arrive first", "a weight is set while the client's first waiter makes its backlog"),
        new(
            "Whoever makes a backlog leaves its touch note",
            "Clients/BalancerEngine.cs",
            "if (backlog.Touched.Add(0))",
            "if (false)",
            "a weight is set while the client's first waiter makes its backlog"),
        new(
            "One compare-exchange decides what becomes of a waiter",
            "Backlog/Waiter.cs",
            "Interlocked.CompareExchange(ref _state, (int)state, (int)WaiterState.Waiting) == (int)WaiterState.Waiting;",
            "Volatile.Read(ref _state) == (int)WaiterState.Waiting && Interlocked.Exchange(ref _state, (int)state) >= 0;",
            "a cancellation meets the grant"),
        new(
            "A grant that a cancellation has beaten gives its slots back",
            "Granting/GrantRound.cs",
            """
                            _ledger.Return(waiter.Cost);

            """,
            "",
            "a cancellation meets the grant"),
        new(
            "A cancellation leaves its note before it counts the waiter out",
            "Backlog/Waiter.cs",
            """
            client.Engine.Loop.Leave(_cancelNote);
                    client.WaiterLeft();
            """,
            """
            client.WaiterLeft();
                    client.Engine.Loop.Leave(_cancelNote);
            """,
            "the last waiter of a closed client is cancelled"),
        new(
            "The cancel note holds the waiter until it is read",
            "Backlog/Waiter.cs",
            """
                    Interlocked.Increment(ref _holds);

            """,
            "",
            "a cancellation meets the grant", "a cancelled waiter is used again at once"),
        new(
            "A cancellation rings",
            "Backlog/Waiter.cs",
            """
            client.WaiterLeft();
                    client.Engine.Loop.Run(now);
                    return true;
            """,
            """
            client.WaiterLeft();
                    return true;
            """,
            "a wide head is cancelled while narrow ones wait behind it"),
        new(
            "A callback that never runs lets go of the waiter",
            "Backlog/Waiter.cs",
            "LetGo(_token.CanBeCanceled && _registration.Unregister() ? 2 : 1);",
            "LetGo();",
            "a waiter whose token never fires is granted"),
        new(
            "A waiter that is cancelled before it is read is let go of by the owner",
            "Granting/GrantRound.cs",
            """
            if (waiter.State != WaiterState.Waiting)
                    {
                        waiter.LetGo();
            """,
            """
            if (waiter.State != WaiterState.Waiting)
                    {
            """,
            "a cancellation meets the arrival"),
        new(
            "The timer that has fired is no longer set",
            "Backlog/QueueTimer.cs",
            """
            Volatile.Write(ref _setFor, long.MaxValue);
                    loop.Leave
            """,
            "loop.Leave",
            "an arrival while the timer is set for another's"),
    ];
}
