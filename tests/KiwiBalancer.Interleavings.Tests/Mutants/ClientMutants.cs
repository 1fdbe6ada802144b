namespace KiwiBalancer.Interleavings.Tests.Mutants;

/// <summary>Rules of the clients and their end.</summary>
internal static class ClientMutants
{
    public static IEnumerable<Mutant> All { get; } =
    [
        new(
            "A request is accepted or refused by the word that counts it",
            "Clients/ClientHandle.cs",
            "var found = Interlocked.CompareExchange(ref _word, seen + ClientWord.OneWaiting, seen);",
            """
            Interlocked.Add(ref _word, ClientWord.OneWaiting);
                        var found = seen;
            """,
            "a client is closed while its first waiter arrives", "a client drains while a request of its own is refused"),
        new(
            "A backlog made after its client drained is given up by whoever made it",
            "Clients/ClientHandle.cs",
            """
            ForgetBacklog();
                            Engine.Loop.Run
            """,
            "Engine.Loop.Run",
            "a client drains while a request of its own is refused"),
        new(
            "A refused arrival rings for the notes of its backlog",
            "Clients/ClientHandle.cs",
            """
            Engine.Loop.Run(Engine.NowOrLast());
                            ThrowIfClosed();
            """,
            "ThrowIfClosed();",
            "a client drains while a request of its own is refused", "a client is closed while its first waiter arrives"),
        new(
            "A client makes one backlog, under the lock",
            "Clients/BalancerEngine.cs",
            """
            lock (_roomLock)
                    {
                        if (place is
            """,
            """
            {
                        if (place is
            """,
            "two threads of one client send while another's slot comes back", "a weight is set while two of its client's waiters arrive first"),
        new(
            "Who waits for the end of a client looks whether it has come already",
            "Clients/ClientHandle.cs",
            """
            if (IsDrained)
                    {
                        source.TrySetResult();
                    }
            """,
            "",
            "a client is closed while its last slot comes back"),
        new(
            "Who closes a client second frees its name as well",
            "Clients/ClientHandle.cs",
            """
            _registry.Closing(this);
                    if (!before.IsClosed)
                    {
            """,
            """
            if (!before.IsClosed)
                    {
                        _registry.Closing(this);
            """,
            "two dispose one client"),
        new(
            "A client that drains while it is being closed is not remembered",
            "Clients/ClientRegistry.cs",
            """
            if (client.IsDrained)
                    {
                        _leaving.TryRemove(client, out _);
                    }
            """,
            "",
            "a client is closed while its last slot comes back"),
        new(
            "Why waiters are rejected is written before the note that rejects them",
            "Clients/ClientHandle.cs",
            "Volatile.Write(ref _forcedOut, (int)reason + 1);",
            "",
            "a client is disposed by force while its request arrives"),
        new(
            "All are told to go before any gives up anything",
            "Clients/Shutdown.cs",
            "client.RejectAll(RejectionReason.BalancerClosed);",
            "client.Force(RejectionReason.BalancerClosed);",
            "a forced shutdown of a wide waiter and a narrow one behind it"),
        new(
            "A closing client drops those who wait above its cap",
            "Granting/GrantRound.cs",
            """
                    RejectHopeless(backlog);

            """,
            "",
            "a client is closed while a waiter wider than its cap arrives"),
        new(
            "An arrival above the cap of a closed client is dropped",
            "Granting/GrantRound.cs",
            "else if (waiter.Cost > backlog.Cap && backlog.Client.IsClosed)",
            "else if (false)",
            "a client is closed while a waiter wider than its cap arrives"),
        new(
            "No client is added once the balancer is closed",
            "Clients/ClientRegistry.cs",
            """
            lock (_adding)
                    {
                        Volatile.Write(ref _isClosed, 1);
                    }
            """,
            "Volatile.Write(ref _isClosed, 1);",
            "a client registers while the balancer is disposed by force"),
        new(
            "One of two returns of a lease gives its slots back",
            "Clients/LeaseCell.cs",
            "if (Interlocked.CompareExchange(ref _generation, generation + 1, generation) != generation)",
            "if (Volatile.Read(ref _generation) != generation || Interlocked.Exchange(ref _generation, generation + 1) < 0)",
            "a lease is disposed by two at once while one waits"),
    ];
}
