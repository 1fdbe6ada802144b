namespace KiwiBalancer.Identity;

/// <summary>A client that came by itself. Its fields are guarded by the lock of its book.</summary>
internal sealed class Visitor
{
    public Visitor(string name, IClientHandle client)
    {
        Name = name;
        Client = client;
        Idle = new LinkedListNode<Visitor>(this);
    }

    public string Name { get; }

    public IClientHandle Client { get; }

    /// <summary>Requests that wait or are handled. A visitor that has any is never forgotten.</summary>
    public int Requests { get; set; }

    /// <summary>When the last of them ended.</summary>
    public long IdleSince { get; set; }

    /// <summary>Its place among the idle.</summary>
    public LinkedListNode<Visitor> Idle { get; }
}
