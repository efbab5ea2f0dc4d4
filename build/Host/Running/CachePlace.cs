using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>
/// Where results are shared with other checkouts, if anywhere: <c>TAU_CACHE</c> (with <c>TAU_CACHE_SIZE</c> and
/// <c>TAU_CACHE_RESTORE</c>), else the block <c>cache: {folder, size, restore}</c> of the user's own
/// <c>~/.config/taupipeline/settings.yaml</c>. An empty <c>TAU_CACHE</c> is no cache, whatever the file says.
/// </summary>
internal static class CachePlace
{
    private const string Settings = "taupipeline/settings.yaml";
    private static readonly string[] Restores = ["copy", "link"];

    /// <exception cref="Misuse">A value cannot be read.</exception>
    public static CacheSettings? Find()
    {
        if (Environment.GetEnvironmentVariable("TAU_CACHE") is { } folder)
            return folder.Length == 0
                ? null
                : Of(
                    folder,
                    Environment.GetEnvironmentVariable("TAU_CACHE_SIZE"),
                    Environment.GetEnvironmentVariable("TAU_CACHE_RESTORE") ?? Restores[0]);
        string file = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), Settings);
        if (!File.Exists(file)) return null;
        var own = CampaignFile.Load(file, [], []);
        ConfigBlock cache = own.Root.Block("cache");
        CacheSettings? found = cache.IsThere
            ? Of(cache.Text("folder"), cache.Text("size", ""), cache.Choice("restore", Restores, Restores[0]))
            : null;
        own.Finish();
        return found;
    }

    private static CacheSettings Of(string folder, string? size, string restore)
    {
        double bytes = CacheSettings.DefaultMostBytes;
        if (size is { Length: > 0 } && !(Units.TryRead(size, "B", out bytes) && bytes > 0))
            throw new Misuse($"the size of the run cache is '{size}', not a number of bytes such as  20 GB");
        if (!Restores.Contains(restore)) throw new Misuse($"the run cache cannot be restored by '{restore}', only by copy or link");
        return new CacheSettings(Path.GetFullPath(folder), (long)bytes, restore == "link" ? CacheRestore.Link : CacheRestore.Copy);
    }
}
