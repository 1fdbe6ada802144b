namespace KiwiBalancer.Tests.DependencyInjection;

/// <summary>Has the types of <see cref="Support.GatedServer"/>, and another answer.</summary>
internal sealed class DoublingServer : IServer<int, int>
{
    public ValueTask<int> ProcessAsync(int request, CancellationToken cancellationToken) => new(2 * request);
}
