using System.Diagnostics;
using System.Reflection.Metadata;
using System.Text;
using KiwiBalancer.Package.Tests.Support;

namespace KiwiBalancer.Package.Tests;

/// <summary>Who steps into the package sees the source of the very commit, and no path of the machine that built it: built from a clone that came from a public host.</summary>
public sealed class SourceLinkTests
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    [Fact]
    public async Task Symbols_BuiltFromACloneOfAPublicHost_LeadToTheSourceOfTheCommit()
    {
        var folder = Directory.CreateTempSubdirectory("kiwi-clone-").FullName;
        try
        {
            Git(folder, "clone", "--quiet", "--depth", "1", new Uri(Repository.Root).AbsoluteUri, folder);
            Git(folder, "remote", "set-url", "origin", "https://github.com/example/kiwi.git");
            var commit = Git(folder, "rev-parse", "HEAD").Trim();

            await Dotnet.RunAsync(folder, "build", "src/KiwiBalancer", "-c", "Release", "--nologo", "-p:ContinuousIntegrationBuild=true", "-p:RunAnalyzers=false");

            await using var file = File.OpenRead(Path.Combine(folder, "src/KiwiBalancer/bin/Release/net10.0/KiwiBalancer.pdb"));
            using var provider = MetadataReaderProvider.FromPortablePdbStream(file);
            var symbols = provider.GetMetadataReader();
            Assert.Contains($"https://raw.githubusercontent.com/example/kiwi/{commit}/*", LinkOf(symbols), StringComparison.Ordinal);
            Assert.DoesNotContain(symbols.Documents.Select(document => symbols.GetString(symbols.GetDocument(document).Name)), name => name.Contains(folder, StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string LinkOf(MetadataReader symbols) => symbols.CustomDebugInformation
        .Select(symbols.GetCustomDebugInformation)
        .Where(information => symbols.GetGuid(information.Kind) == SourceLink)
        .Select(information => Encoding.UTF8.GetString(symbols.GetBlobBytes(information.Value)))
        .SingleOrDefault("no source link");

    private static string Git(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("git did not start.");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"git {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        return output;
    }
}
