using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using KiwiBalancer.Package.Tests.Support;

namespace KiwiBalancer.Package.Tests;

/// <summary>What is in each package.</summary>
[Collection(nameof(PackedOnce))]
public sealed class PackageTests(PackedPackages packed)
{
    public static TheoryData<string> Packages => [.. Repository.Packages];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_OfEachProject_HasAllThatIsExpected(string package)
    {
        using var archive = packed.Open(package);

        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal) { "README.md", "icon.png", $"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml" },
            archive.Entries.Select(entry => entry.FullName).ToHashSet(StringComparer.Ordinal));
        Assert.All(archive.Entries.Where(entry => entry.FullName.StartsWith("lib/", StringComparison.Ordinal)), entry => Assert.StartsWith("lib/net10.0/KiwiBalancer", entry.FullName, StringComparison.Ordinal));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], Read(archive, "icon.png")[..4]);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Manifest_OfEachProject_SaysWhatItIsAndUnderWhichLicence(string package)
    {
        using var archive = packed.Open(package);
        var manifest = XDocument.Load(new MemoryStream(Read(archive, $"{package}.nuspec"))).Root!.Elements().Single();
        string? Value(string name) => manifest.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

        Assert.Equal((package, packed.Version, "MIT", "README.md", "icon.png"), (Value("id"), Value("version"), Value("license"), Value("readme"), Value("icon")));
        Assert.InRange(Value("description")?.Length ?? 0, 20, 400);
        Assert.NotEqual("Package Description", Value("description"));
        Assert.Contains("concurrency", Value("tags"), StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(Value("authors")));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Readme_OfEachProject_IsItsOwnOrThatOfTheRepository(string package)
    {
        using var archive = packed.Open(package);
        var own = Path.Combine(Repository.Root, "src", package, "README.md");

        Assert.Equal(File.ReadAllBytes(File.Exists(own) ? own : Path.Combine(Repository.Root, "README.md")), Read(archive, "README.md"));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Assembly_OfEachProject_IsDeterministicAndBelongsToItsSymbols(string package)
    {
        using var archive = packed.Open(package);
        using var symbols = packed.OpenSymbols(package);
        using var assembly = new PEReader(new MemoryStream(Read(archive, $"lib/net10.0/{package}.dll")));
        using var pdb = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Read(symbols, $"lib/net10.0/{package}.pdb")));
        var entries = assembly.ReadDebugDirectory();

        // A reproducible image has a hash where others have the time of day.
        Assert.Contains(entries, entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        var code = assembly.ReadCodeViewDebugDirectoryData(entries.Single(entry => entry.Type == DebugDirectoryEntryType.CodeView));
        Assert.Equal(code.Guid, new BlobContentId(pdb.GetMetadataReader().DebugMetadataHeader!.Id).Guid);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Documentation_OfEachProject_HasTheMembers(string package)
    {
        using var archive = packed.Open(package);
        var documentation = XDocument.Load(new MemoryStream(Read(archive, $"lib/net10.0/{package}.xml")));

        Assert.NotEmpty(documentation.Descendants("member"));
    }

    private static byte[] Read(ZipArchive archive, string name)
    {
        using var stream = archive.GetEntry(name)?.Open() ?? throw new FileNotFoundException($"The package has no {name}.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
