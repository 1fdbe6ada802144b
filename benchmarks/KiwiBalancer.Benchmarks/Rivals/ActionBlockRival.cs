using System.Threading.Tasks.Dataflow;

namespace KiwiBalancer.Benchmarks.Rivals;

public sealed class ActionBlockRival(int limit) : IRival
{
    private readonly ActionBlock<QueuedCall> _block = new(static call => call.RunAsync(), new ExecutionDataflowBlockOptions { MaxDegreeOfParallelism = limit });

    public async Task CallAsync(int caller, int times, Work? work, CancellationToken cancellationToken)
    {
        for (var i = 0; i < times; i++)
        {
            var call = new QueuedCall(work, cancellationToken);
            _block.Post(call);
            await call.Answer();
        }
    }

    public void Dispose() => _block.Complete();
}
