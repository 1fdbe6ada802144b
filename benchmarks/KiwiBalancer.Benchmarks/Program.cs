using BenchmarkDotNet.Running;
using KiwiBalancer.Benchmarks;

// dotnet run -c Release --project benchmarks/KiwiBalancer.Benchmarks -- --filter '*'
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, Measuring.Config(args)).ToArray();
return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
