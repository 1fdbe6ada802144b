namespace KiwiBalancer.Clients;

/// <summary>Something that stands for a client of ours.</summary>
internal interface IBoundClient
{
    ClientHandle Client { get; }
}
