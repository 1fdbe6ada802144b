namespace KiwiBalancer.Demo.Load;

/// <summary>Who shares the slots: the balancer, or what it is compared with.</summary>
internal interface IGate : IAsyncDisposable
{
    /// <summary>Lets a client in.</summary>
    ISender Admit(string name, int weight);
}
