using KiwiBalancer.Demo.Load;
using KiwiBalancer.Lab.Arguments;
using DemoArguments = KiwiBalancer.Demo.Arguments;

namespace KiwiBalancer.Lab.Replay;

/// <summary>The traces named on the command line; without any, those that lie in the shared folder beside the repository.</summary>
internal static class ServiceTraces
{
    private const string SharedFolder = "../shared/traces";

    /// <exception cref="WrongArgumentException">A trace is missing or malformed, or there are fewer than two.</exception>
    public static IReadOnlyList<Service> Read(IReadOnlyList<string> arguments)
    {
        try
        {
            DemoArguments.TraceArgument[] traces = arguments.Count > 0 ? [.. arguments.Select(DemoArguments.TraceArgument.Parse)] : [.. Shared()];
            DemoArguments.ArgumentText.RequireDistinct(DemoArguments.TraceArgument.Option, traces.Select(t => t.Client));
            return traces.Length > 1
                ? [.. traces.Select(t => new Service(t.Client, t.Weight, TraceReader.Read(t.Path)))]
                : throw new WrongArgumentException(
                    $"{DemoArguments.TraceArgument.Option} is given {arguments.Count} times, but services share a server when there are two or more, and {SharedFolder} has none; "
                    + "give for example --trace chat.csv:chat:1 --trace code.csv:code:1");
        }
        catch (DemoArguments.WrongArgumentException wrong)
        {
            throw new WrongArgumentException(wrong.Message);
        }
    }

    // The service is the last word of the file's name, like code in AzureLLMInferenceTrace_code.csv.
    private static IEnumerable<DemoArguments.TraceArgument> Shared() => Directory.Exists(SharedFolder)
        ? Directory.EnumerateFiles(SharedFolder, "*.csv").Order(StringComparer.Ordinal)
            .Select(path => new DemoArguments.TraceArgument(path, Path.GetFileNameWithoutExtension(path).Split('_')[^1], 1))
        : [];
}
