using System.Globalization;
using System.Text;
using TauPipeline.Foundation;

namespace TauPipeline.Configuration;

/// <summary>A file of a dataset as its manifest states it: place, and what can be checked.</summary>
/// <param name="Path">Path, glob or <c>root://</c> address, with <c>${VARIABLES}</c>; absolute once located.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Hash">sha256.</param>
/// <param name="Entries">Entries of its main tree.</param>
/// <param name="StatedAt"><c>file:line</c>.</param>
public sealed record ManifestFile(string Path, long? Size = null, ContentHash? Hash = null, long? Entries = null, string? StatedAt = null);

/// <summary>A dataset's manifest in <c>data-manifests/</c>: facts about inputs that can be checked.</summary>
public sealed class DatasetManifest
{
    private readonly string _folder;

    private DatasetManifest(string folder, string dataset, string? origin, IReadOnlyList<ManifestFile> files)
    {
        _folder = folder;
        Dataset = dataset;
        Origin = origin;
        Files = files;
    }

    /// <summary>Name of the dataset.</summary>
    public string Dataset { get; }

    /// <summary>Where the data come from, in words.</summary>
    public string? Origin { get; }

    /// <summary>The files as they are written down.</summary>
    public IReadOnlyList<ManifestFile> Files { get; }

    /// <summary>Reads a manifest.</summary>
    /// <param name="path">The YAML file.</param>
    /// <param name="shownAs">How messages call it.</param>
    /// <exception cref="Misuse">It cannot be read, or is wrong: all mistakes at once.</exception>
    public static DatasetManifest Load(string path, string? shownAs = null)
    {
        MapNode root = YamlReader.ReadFile(path, shownAs ?? path);
        var mistakes = new Mistakes();
        var block = new ConfigBlock("", root, mistakes, true);
        string dataset = block.Text("dataset", System.IO.Path.GetFileNameWithoutExtension(path));
        string? origin = block.Has("origin") ? block.Text("origin") : null;
        List<ManifestFile> files = [.. block.List("files").Select(FileOf)];
        foreach (string key in root.Keys.Where(key => !root.Asked.Contains(key)))
            mistakes.Add(ConfigErrors.UnknownKey(root.PlaceOf(key), "the manifest", key, root.Asked));
        if (files.Count == 0) block.Wrong("files", "a list of files", "none");
        mistakes.ThrowIfAny();
        return new DatasetManifest(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!, dataset, origin, files);
    }

    /// <summary>The files with variables put in, globs expanded and relative paths made absolute.</summary>
    /// <exception cref="Misuse">A variable is not set, or a glob matches nothing.</exception>
    public IReadOnlyList<ManifestFile> Located() =>
        [
            .. Files.SelectMany(file =>
                FilePattern.Expand(file.Path, _folder, file.StatedAt ?? Dataset).Select(path => file with { Path = path })),
        ];

    /// <summary>The manifest's text with sizes, hashes and entries measured anew.</summary>
    /// <param name="entries">Counts the entries of a file, or says that it cannot.</param>
    /// <param name="cancellation">Asks it to stop.</param>
    /// <exception cref="Misuse">A file is missing.</exception>
    public string Refreshed(Func<string, long?> entries, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"dataset: {Dataset}\n");
        if (Origin is not null) text.Append(CultureInfo.InvariantCulture, $"origin: {Quoted(Origin)}\n");
        text.Append("files:\n");
        foreach (ManifestFile file in Files)
            foreach (string path in FilePattern.Expand(file.Path, _folder, file.StatedAt ?? Dataset))
            {
                if (!File.Exists(path))
                    throw new Misuse(new ErrorText($"{file.StatedAt}: there is no file '{file.Path}'", [("looked at", path)]));
                bool expanded = FilePattern.IsGlob(file.Path);
                text.Append(CultureInfo.InvariantCulture, $"- path: {Quoted(expanded ? FilePattern.Keep(file.Path, path) : file.Path)}\n");
                text.Append(CultureInfo.InvariantCulture, $"  size: {new FileInfo(path).Length}\n");
                text.Append(CultureInfo.InvariantCulture, $"  sha256: {ContentHash.OfFile(path, cancellation)}\n");
                if (entries(path) is { } count) text.Append(CultureInfo.InvariantCulture, $"  entries: {count}\n");
            }
        return text.ToString();
    }

    /// <summary>A file stated by a block of its own.</summary>
    /// <exception cref="Misuse">The block is wrong: all mistakes at once.</exception>
    internal static ManifestFile FileOf(MapNode map)
    {
        var block = new ConfigBlock("files", map, new Mistakes(), true);
        ManifestFile file = FileOf(block);
        foreach (string key in map.Keys.Where(key => !map.Asked.Contains(key)))
            block.Mistakes.Add(ConfigErrors.UnknownKey(map.PlaceOf(key), "files", key, map.Asked));
        block.Mistakes.ThrowIfAny();
        return file;
    }

    private static ManifestFile FileOf(ConfigBlock block)
    {
        string path = block.Text("path");
        long? size = block.Has("size") ? block.Whole("size", null, 0) : null;
        long? entries = block.Has("entries") ? block.Whole("entries", null, 0) : null;
        ContentHash? hash = null;
        if (block.Has("sha256"))
        {
            string digits = block.Text("sha256");
            if (ContentHash.TryParse(digits, out ContentHash parsed)) hash = parsed;
            else block.Wrong("sha256", "64 hexadecimal digits", digits);
        }
        return new ManifestFile(path, size, hash, entries, block.Where);
    }

    private static string Quoted(string text) => text.All(c => char.IsLetterOrDigit(c) || c is '/' or '.' or '_' or '-') && text.Length > 0
        ? text : "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
