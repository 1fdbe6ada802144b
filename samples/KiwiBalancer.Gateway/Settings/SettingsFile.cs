using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Primitives;

namespace KiwiBalancer.Gateway.Settings;

/// <summary>Settings from a JSON file that is followed. What cannot be read stops the start; later it changes nothing, where .NET's own provider goes on with no settings at all.</summary>
internal sealed class SettingsFile : ConfigurationProvider, IConfigurationSource, IDisposable
{
    // Whoever writes the file may write it in pieces.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);

    private readonly PhysicalFileProvider _folder;
    private readonly IDisposable _watch;
    private readonly Timer _reload;

    public SettingsFile(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        string folder = System.IO.Path.GetDirectoryName(Path)!;
        _folder = new PhysicalFileProvider(Directory.Exists(folder) ? folder : throw new DirectoryNotFoundException($"There is no folder '{folder}', where the settings should be."), ExclusionFilters.None);
        _reload = new Timer(static file => ((SettingsFile)file!).Reload(), this, Timeout.Infinite, Timeout.Infinite);
        _watch = ChangeToken.OnChange(() => _folder.Watch(System.IO.Path.GetFileName(Path)), () => _reload.Change(Quiet, Timeout.InfiniteTimeSpan));
    }

    public string Path { get; }

    /// <summary>Told when the file has changed and cannot be read.</summary>
    public Action<Exception>? Unreadable { get; set; }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override void Load() => Data = Read();

    public void Dispose()
    {
        _watch.Dispose();
        _reload.Dispose();
        _folder.Dispose();
    }

    private Dictionary<string, string?> Read()
    {
        try
        {
            using FileStream file = File.OpenRead(Path);
            return new ConfigurationBuilder().AddJsonStream(file).Build().AsEnumerable().ToDictionary(StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or InvalidDataException or System.Text.Json.JsonException)
        {
            throw new UnreadableSettingsException(Path, exception);
        }
    }

    private void Reload()
    {
        try
        {
            Data = Read();
        }
        catch (UnreadableSettingsException exception)
        {
            Unreadable?.Invoke(exception);
            return;
        }

        try
        {
            OnReload();
        }
        catch (AggregateException)
        {
            // An options monitor throws what is wrong with the new settings at whoever reloads. The gateway says so itself, and keeps the old ones.
        }
    }
}
