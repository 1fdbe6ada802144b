namespace KiwiBalancer.Identity;

/// <summary>A request's client, for as long as the request needs it.</summary>
internal readonly struct Visit : IDisposable
{
    private readonly VisitorBook? _book;
    private readonly Visitor? _visitor;

    public Visit(IClientHandle client) => Client = client;

    public Visit(VisitorBook book, Visitor visitor)
    {
        _book = book;
        _visitor = visitor;
        Client = visitor.Client;
    }

    /// <summary>Null: no client.</summary>
    public IClientHandle? Client { get; }

    public void Dispose()
    {
        if (_visitor is not null)
        {
            _book!.Leave(_visitor);
        }
    }
}
