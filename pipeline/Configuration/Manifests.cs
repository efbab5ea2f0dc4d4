using System.Globalization;
using TauPipeline.Foundation;

namespace TauPipeline.Configuration;

/// <summary>
/// Turns each dataset's <c>manifest:</c> or <c>files:</c> into a list of <c>inputs</c>, with <c>--input</c> in their place where given.
/// </summary>
internal static class Manifests
{
    public static void Resolve(MapNode root, string folder, IReadOnlyList<string> given)
    {
        if (root.Peek("datasets") is not MapNode datasets)
        {
            if (given.Count > 0) throw new Misuse("--input: the campaign has no datasets");
            return;
        }
        ILookup<string, string> inputs = Inputs(datasets, given);
        foreach (string name in datasets.Keys)
        {
            if (datasets.Peek(name) is not MapNode dataset) continue;
            ConfigNode? manifest = dataset.Peek("manifest"), files = dataset.Peek("files");
            if (dataset.Peek("certified") is { } certified)
                Put(dataset, FilesOf(certified, folder), certified.Place, "certified");
            if (inputs.Contains(name))
                Put(dataset, [.. inputs[name].SelectMany(Given).Select(file => new ManifestFile(file))], dataset.PlaceOf("manifest"));
            else if (files is not null) Put(dataset, FilesOf(files, folder), files.Place);
            else if (manifest is ScalarNode { Text: { } path })
                Put(dataset, DatasetManifest.Load(Path.Combine(folder, path), path).Located(), manifest.Place);
            else continue;
            dataset.Remove("manifest");
            dataset.Remove("files");
        }
        SharedFiles.Refuse(datasets);
    }

    private static ILookup<string, string> Inputs(MapNode datasets, IReadOnlyList<string> given)
    {
        string[] named =
        [
            .. datasets.Keys.Where(name =>
                datasets.Peek(name) is MapNode dataset && (dataset.Peek("manifest") ?? dataset.Peek("files")) is not null),
        ];
        return given.Select<string, (string Dataset, string File)>(text =>
        {
            RemoteAddress.RefuseInput(text);
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && datasets.Peek(text[..equals]) is not null) return (text[..equals], text[(equals + 1)..]);
            if (equals > 0 && !File.Exists(text))
                throw new Misuse(
                    new ErrorText(
                        $"--input={text}: the campaign has no dataset '{text[..equals]}'",
                        [("datasets", string.Join(", ", datasets.Keys))]));
            if (named.Length == 1) return (named[0], text);
            throw new Misuse(
                new ErrorText(
                    $"--input={text}: say which dataset it stands for",
                    [("datasets", string.Join(", ", datasets.Keys))],
                    "write  --input=DATASET=FILE"));
        }).ToLookup(pair => pair.Dataset, pair => pair.File, StringComparer.Ordinal);
    }

    // No shell expands a pattern behind --input=DATASET=. A file of that very name is that file.
    private static IReadOnlyList<string> Given(string file) => File.Exists(file)
        ? [Path.GetFullPath(file)]
        : FilePattern.Expand(file, "", $"--input={file}");

    /// <summary>The files of a list: names, patterns, or entries as in a manifest (<c>path</c>, <c>size</c>, <c>sha256</c>).</summary>
    public static List<ManifestFile> FilesOf(ConfigNode files, string folder)
    {
        var located = new List<ManifestFile>();
        foreach (ConfigNode item in files is ListNode list ? list.Items : [files])
        {
            ManifestFile file = item switch
            {
                ScalarNode { Text: { } pattern } => new ManifestFile(pattern, StatedAt: item.Place.ToString()),
                MapNode entry => DatasetManifest.FileOf(entry),
                _ => throw new Misuse($"{item.Place}: 'files' takes file names or patterns, found {item.Kind}"),
            };
            located.AddRange(FilePattern.Expand(file.Path, folder, item.Place.ToString()).Select(path => file with { Path = path }));
        }
        return located;
    }

    /// <summary>Puts a list of located files into a block, each with the name it is known by.</summary>
    public static void Put(MapNode dataset, IReadOnlyList<ManifestFile> files, YamlPlace place, string key = "inputs")
    {
        var list = new List<ConfigNode>();
        foreach ((ManifestFile file, string entry) in files.Zip(EntryNames(files)))
        {
            var node = new MapNode(place);
            void Set(string key, string? value) { if (value is not null) node.Set(key, new ScalarNode(value, place), place); }
            Set("entry", entry);
            Set("location", file.Path);
            Set("size", file.Size?.ToString(CultureInfo.InvariantCulture));
            Set("sha256", file.Hash?.ToString());
            Set("entries", file.Entries?.ToString(CultureInfo.InvariantCulture));
            Set("stated_at", file.StatedAt);
            list.Add(node);
        }
        dataset.Set(key, new ListNode(list, place), place);
    }

    // The file's name is its identity; where two files share one, as many folders as tell them apart stand before it.
    private static string[] EntryNames(IReadOnlyList<ManifestFile> files)
    {
        for (int depth = 1; ; depth++)
        {
            string[] names = [.. files.Select(file => string.Join('_', file.Path.Split('/', '\\').TakeLast(depth)))];
            if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length) return names;
            if (files.All(file => file.Path.Split('/').Length <= depth)) throw new Misuse(new ErrorText("a raw file is named twice",
                [("file", names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).First(group => group.Count() > 1).Key)]));
        }
    }
}
