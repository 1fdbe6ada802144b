using Polly;

namespace KiwiBalancer.Benchmarks.Rivals;

public sealed class PollyRival(int limit) : IRival
{
    private readonly ResiliencePipeline _pipeline = new ResiliencePipelineBuilder().AddConcurrencyLimiter(limit, int.MaxValue).Build();

    public async Task CallAsync(int caller, int times, Work? work, CancellationToken cancellationToken)
    {
        for (var i = 0; i < times; i++)
        {
            await _pipeline.ExecuteAsync(static (work, token) => work is null ? default : work.RunAsync(token), work, cancellationToken);
        }
    }

    public void Dispose()
    {
    }
}
