namespace KiwiBalancer.Tests.Readme;

internal sealed record Report(string Title);

internal sealed class Database(string title = "sales")
{
    public ValueTask<Report> BuildReportAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(new Report(title));
    }
}

internal static class Delegates
{
    public static async Task<(Report Report, int Cost)> RunAsync(IClientHandle client, Database database, CancellationToken cancellationToken)
    {
Report report = await client.RunAsync(token => database.BuildReportAsync(token), cancellationToken);

using SlotLease lease = await client.AcquireAsync(cost: 2, cancellationToken);   // a heavy request takes two slots

        return (report, lease.Cost);
    }
}
