using TauPipeline.Foundation;

namespace TauPipeline.Configuration;

/// <summary>
/// Files that say how rows are sampled, weighed, scaled and trained on, looked up where the campaign is read: the histograms of
/// <c>spectrum: histograms:</c>, those of <c>ingest: pile_up:</c>, the constants of <c>scale: file:</c> and the model of <c>train:
/// start:</c> get absolute places, and the groups of <c>shuffle_merge: groups_file:</c> become <c>groups:</c>. So another process composes
/// the same steps.
/// </summary>
internal static class SamplingFiles
{
    public static void Resolve(MapNode root, string folder)
    {
        if ((root.Peek("spectrum") as MapNode)?.Peek("histograms") is MapNode histograms)
            foreach (string name in histograms.Keys) Locate(histograms, name, folder);
        if ((root.Peek("ingest") as MapNode)?.Peek("pile_up") is MapNode weights)
            foreach (MapNode weight in weights.Keys.Select(weights.Peek).OfType<MapNode>())
                foreach (string side in (string[])["data", "simulation"]) Locate(weight, side, folder);
        if (root.Peek("scale") is MapNode scale) Locate(scale, "file", folder);
        if (root.Peek("train") is MapNode train) Locate(train, "start", folder);
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

    /// <summary>The name of a file, or those of several, become a block of located inputs.</summary>
    public static void Locate(MapNode block, string key, string folder)
    {
        if (block.Peek(key) is not (ScalarNode { Text: not null } or ListNode) || block.Peek(key) is not { } file) return;
        var inputs = new MapNode(file.Place);
        Manifests.Put(inputs, Manifests.FilesOf(file, folder), file.Place);
        block.Set(key, inputs, file.Place);
    }
}
