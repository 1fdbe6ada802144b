namespace KiwiBalancer.Gateway.Tests.Support;

/// <summary>A folder with a settings file, gone with the test.</summary>
internal sealed class SettingsFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kiwi-gateway-");

    public SettingsFolder(string text) => Write(text);

    public string File => Path.Combine(_folder.FullName, "settings.json");

    public string[] Arguments => ["--Settings", File];

    public void Write(string text) => System.IO.File.WriteAllText(File, text);

    public void Dispose() => _folder.Delete(recursive: true);
}
