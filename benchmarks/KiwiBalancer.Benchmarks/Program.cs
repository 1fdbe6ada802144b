using BenchmarkDotNet.Running;
using KiwiBalancer.Benchmarks;
using KiwiBalancer.Benchmarks.Goals;

// dotnet run -c Release --project benchmarks/KiwiBalancer.Benchmarks -- --filter '*'
// dotnet run -c Release --project benchmarks/KiwiBalancer.Benchmarks -- goals
// dotnet run -c Release --project benchmarks/KiwiBalancer.Benchmarks -- telemetry
if (args is ["goals", ..])
{
    return await GoalsCommand.RunAsync(args[1..], Console.Out);
}

if (args is ["telemetry", ..])
{
    return await TelemetryCommand.RunAsync(args[1..], Console.Out);
}

var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, Measuring.Config(args)).ToArray();
return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
