using System.Globalization;
using System.IO.Compression;

namespace KiwiBalancer.Package.Tests.Support;

/// <summary>Every package, packed once into a folder of its own from what has been built.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    /// <summary>Different in every run, so that no cache answers with an older one.</summary>
    public string Version { get; } = string.Create(CultureInfo.InvariantCulture, $"0.1.0-test.{Environment.TickCount64}");

    public string Folder { get; } = Directory.CreateTempSubdirectory("kiwi-packages-").FullName;

    public async Task InitializeAsync()
    {
        foreach (var package in Repository.Packages)
        {
            await Dotnet.RunAsync(
                Path.Combine(Repository.Root, "src", package),
                "pack", "--no-build", "--nologo", "-c", Repository.Configuration, "-o", Folder, $"-p:PackageVersion={Version}");
        }
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    internal ZipArchive Open(string package) => ZipFile.OpenRead(Path.Combine(Folder, $"{package}.{Version}.nupkg"));

    internal ZipArchive OpenSymbols(string package) => ZipFile.OpenRead(Path.Combine(Folder, $"{package}.{Version}.snupkg"));
}
