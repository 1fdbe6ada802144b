namespace KiwiBalancer.Demo.Tests.Arguments;

/// <summary>A trace on disk for the time of a test.</summary>
internal sealed class TraceFile : IDisposable
{
    public TraceFile(params string[] lines)
    {
        Path = System.IO.Path.GetTempFileName();
        File.WriteAllLines(Path, lines);
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
