namespace KiwiBalancer.Interleavings.Tests.Mutants;

/// <summary>Rules of the owner loop in <c>Granting/README.md</c>.</summary>
internal static class GrantingMutants
{
    public static IEnumerable<Mutant> All { get; } =
    [
        new(
            "The owner subtracts the rings it has answered, and no others",
            "Granting/GrantLoop.cs",
            """
            answered = Interlocked.Add(ref _rings, -answered);
                            if (answered == 0)
            """,
            "Interlocked.Exchange(ref _rings, 0);",
            "a release meets an arrival"),
        new(
            "A return that leaves a note rings",
            "Granting/GrantLoop.cs",
            """
                        Leave(backlog.Touched);
                    }

                    if (Interlocked.Increment(ref _rings) == 1)
            """,
            """
                        Leave(backlog.Touched);
                    }

                    if (false)
            """,
            "a release meets an arrival", "three run on one slot", "two slots of one client come back while another waits for both"),
        new(
            "A return without a note is handed to the owner's own round",
            "Granting/GrantLoop.cs",
            "TakeTurns(new Returned(backlog, returned));",
            "TakeTurns(new Returned(backlog, 0));",
            "a release meets an arrival", "three run on one slot"),
        new(
            "An arrival rings if the inbox was not empty",
            "Granting/GrantLoop.cs",
            "if (!_inbox.Push(waiter) || kind",
            "if ((_inbox.Push(waiter) && false) || kind",
            "arrivals fill the queue", "three run on one slot", "two threads of one client send while another's slot comes back", "a release meets an arrival"),
        new(
            "An arrival rings if somebody owns",
            "Granting/GrantLoop.cs",
            "if (Volatile.Read(ref _rings) != 0)",
            "if (Volatile.Read(ref _rings) < 0)",
            "three run on one slot", "two threads of one client send while another's slot comes back", "a release meets an arrival", "a release, and the client it came from sends again, while another waits"),
        new(
            "An arrival rings if the gate is open",
            "Granting/GrantLoop.cs",
            "return word.IsGated && word.InFlight >= word.Limit",
            "return word.InFlight >= word.Limit",
            "a release meets an arrival of a client that has waited before"),
        new(
            "An arrival rings if a slot is free",
            "Granting/GrantLoop.cs",
            "return word.IsGated && word.InFlight >= word.Limit",
            "return word.IsGated",
            "the limit is lowered below a wide head"),
        new(
            "An arrival that may be one too many rings",
            "Granting/GrantLoop.cs",
            "&& Volatile.Read(ref _bounded) < _engine.Settings.MaxQueueLength && client.MayWaitUnread;",
            "&& client.MayWaitUnread;",
            "an arrival at a full queue meets a release", "arrivals fill the queue"),
        new(
            "An arrival looks after its push whether it can only wait",
            "Granting/GrantLoop.cs",
            "if (!_inbox.Push(waiter) || kind == WaiterKind.Probe || !CanOnlyWait(client))",
            "var canOnlyWait = CanOnlyWait(client);\n        if (!_inbox.Push(waiter) || kind == WaiterKind.Probe || !canOnlyWait)",
            "three run on one slot", "two threads of one client send while another's slot comes back", "a release, and the client it came from sends again, while another waits"),
        new(
            "An arrival of a client that is being closed rings",
            "Clients/ClientHandle.cs",
            "return !word.IsClosed && word.Waiting",
            "return word.Waiting",
            "a client is disposed by force while another of its requests waits", "a client is disposed by force while its request arrives"),
        new(
            "Slots of a client without a backlog that come back are counted",
            "Granting/GrantLoop.cs",
            "_round.AddReturnedByStranger(returned);",
            ";",
            "a release meets an arrival"),
        new(
            "The gate stays closed while somebody waits",
            "Granting/GrantRound.cs",
            "if (_gateHolders == 0 && _policy.HasOpenDoor)",
            "if (_policy.HasOpenDoor)",
            "three run on one slot"),
        new(
            "The gate opens when nobody waits",
            "Granting/GrantRound.cs",
            "_ledger.OpenGate();",
            ";",
            "two run on one slot"),
        new(
            "Who is too wide for the limit holds the gate",
            "Backlog/ClientBacklog.cs",
            "return isEligible || (Sidelined is { Count: > 0 } && limit < Cap);",
            "return isEligible;",
            "the limit is lowered below a wide head"),
        new(
            "Who waits for his own client's cap does not hold the gate",
            "Backlog/ClientBacklog.cs",
            "return isEligible || (Sidelined",
            "return head is not null || (Sidelined",
            "a client at its cap leaves the gate to others"),
        new(
            "A changed limit is looked at while the gate is open and somebody waits for his cap",
            "Granting/GrantRound.cs",
            "&& (_lines.Count == 0 || _ledger.Read().Limit == _limit))",
            ")",
            "the limit is lowered below a head that waits for its client's cap"),
        new(
            "A new limit rings",
            "Clients/BalancerEngine.cs",
            """
                        Loop.Run(now);
                        Log.LimitChanged
            """,
            "            Log.LimitChanged",
            "a pause ends while one arrives"),
        new(
            "A take that the ledger refused tells the owner, who may have found its client at the cap",
            "Clients/ClientHandle.cs",
            """
            Touch(Engine.NowOrLast());
                        SignalIfDrained(word);
            """,
            "SignalIfDrained(word);",
            "a take that the ledger refuses while its client waits at its cap"),
        new(
            "A waiter moves from waiting to in-flight in one exchange",
            "Clients/ClientHandle.cs",
            "Interlocked.Add(ref _word, cost - ClientWord.OneWaiting);",
            "_ = Interlocked.Add(ref _word, -ClientWord.OneWaiting) + Interlocked.Add(ref _word, cost);",
            "a waiter of a closed client is granted"),
        new(
            "A client that waits shuts its door: its own newcomer does not pass",
            "Clients/ClientHandle.cs",
            "if (word.IsDoorShut || word.InFlight",
            "if (word.IsClosed || word.InFlight",
            "one client at its cap sends twice while its slot comes back"),
        new(
            "An owner that lets go answers the rings it has not answered",
            "Granting/GrantLoop.cs",
            "return Interlocked.Exchange(ref _rings, 0) != answered || hasMore;",
            "return Interlocked.Exchange(ref _rings, 0) < 0 || hasMore;",
            "three run on one slot", "a release, and the client it came from sends again, while another waits")
        {
            Also = [(Variants.LetsGo, Variants.LetsGoAtOnce)],
        },
        new(
            "An owner that lets go with work left goes on, or the pool does",
            "Granting/GrantLoop.cs",
            "ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);",
            ";",
            "three run on one slot", "a release, and the client it came from sends again, while another waits")
        {
            Also = [(Variants.LetsGo, Variants.LetsGoAtOnce), (Variants.TakesUp, Variants.TakesUpNever)],
        },
    ];
}
