using TauPipeline.Foundation;

namespace TauPipeline.Configuration;

/// <summary>
/// Files that say how rows are sampled, looked up where the campaign is read: the histograms of <c>spectrum: histograms:</c> and
/// the constants of <c>scale: file:</c> get absolute places, and the groups of <c>shuffle_merge: groups_file:</c> become
/// <c>groups:</c>. So another process composes the same steps.
/// </summary>
internal static class SamplingFiles
{
    public static void Resolve(MapNode root, string folder)
    {
        if ((root.Peek("spectrum") as MapNode)?.Peek("histograms") is MapNode histograms)
            foreach (string name in histograms.Keys)
                if (histograms.Peek(name) is ScalarNode { Text: not null } file)
                {
                    var inputs = new MapNode(file.Place);
                    Manifests.Put(inputs, Manifests.FilesOf(file, folder), file.Place);
                    histograms.Set(name, inputs, file.Place);
                }
        if (root.Peek("scale") is MapNode scale && scale.Peek("file") is ScalarNode { Text: not null } constants)
        {
            var inputs = new MapNode(constants.Place);
            Manifests.Put(inputs, Manifests.FilesOf(constants, folder), constants.Place);
            scale.Set("file", inputs, constants.Place);
        }
        if (root.Peek("shuffle_merge") is MapNode mixing && mixing.Peek("groups_file") is ScalarNode { Text: { } path } named)
        {
            if (mixing.Peek("groups") is not null)
                throw new Misuse($"{named.Place}: 'groups_file' stands in place of 'groups'; leave one of them out");
            string found = FilePattern.Expand(path, folder, named.Place.ToString())[0];
            if (!File.Exists(found)) throw new Misuse(new ErrorText($"{named.Place}: there is no such file", [("file", found)]));
            mixing.Set("groups", DataGroups.Parse(File.ReadAllText(found), path), named.Place);
            mixing.Remove("groups_file");
        }
    }
}
