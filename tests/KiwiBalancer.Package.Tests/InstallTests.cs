using System.Text.RegularExpressions;
using KiwiBalancer.Package.Tests.Support;

namespace KiwiBalancer.Package.Tests;

/// <summary>A user's first minute: a fresh project, the package from a folder, the README's first snippet.</summary>
[Collection(nameof(PackedOnce))]
public sealed partial class InstallTests(PackedPackages packed)
{
    private const string TheUsersModel = """

        Console.WriteLine(answer);

        internal static class Model
        {
            public static ValueTask<(string Text, int Length)> CompleteAsync(string prompt, CancellationToken cancellationToken) => new(($"An answer to: {prompt}", prompt.Length));
        }
        """;

    [Fact]
    public async Task Run_FreshProjectWithTheFirstSnippet_GivesTheAnswer()
    {
        var folder = Directory.CreateTempSubdirectory("kiwi-install-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), Sources());
            await File.WriteAllTextAsync(Path.Combine(folder, "Fresh.csproj"), Project());
            await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), Program());

            var output = await Dotnet.RunAsync(folder, "run", "-c", "Release");

            Assert.Contains("An answer to: prompt", output, StringComparison.Ordinal);
            Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Sources() => $"""
        <configuration>
          <packageSources>
            <add key="packed" value="{packed.Folder}" />
          </packageSources>
        </configuration>
        """;

    /// <summary>Its packages go into its own folder, not among those of the machine; what the machine has already is taken from there.</summary>
    private string Project() => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <RestorePackagesPath>packages</RestorePackagesPath>
            <RestoreFallbackFolders>$(NuGetPackageRoot)</RestoreFallbackFolders>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="KiwiBalancer" Version="{packed.Version}" />
          </ItemGroup>
        </Project>
        """.Replace("$(NuGetPackageRoot)", MachinePackages(), StringComparison.Ordinal);

    private static string MachinePackages() => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string Program()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var snippet = FirstSnippet().Match(readme).Groups["code"].Value;
        Assert.StartsWith("using KiwiBalancer;", snippet, StringComparison.Ordinal);
        return snippet.Replace("using KiwiBalancer;", "using KiwiBalancer;\nvar cancellationToken = CancellationToken.None;", StringComparison.Ordinal) + TheUsersModel;
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FirstSnippet();
}
