namespace TauPipeline.Configuration;

/// <summary>
/// Files of networks that were trained elsewhere, looked up where the campaign is read: <c>discriminators: NAME: model:</c> gets an
/// absolute place, and of <c>sheet:</c>, which <c>--target=Export</c> writes, what says how to feed the model stands in the campaign
/// itself.
/// </summary>
internal static class DiscriminatorFiles
{
    private const string Sheet = "sheet", Model = "model";

    // What else a sheet says is for others.
    private static readonly string[] Needed = ["scaling", "inputs", "output", "classes", "signals"];

    public static void Resolve(MapNode root, string folder)
    {
        if (root.Peek("discriminators") is not MapNode discriminators) return;
        foreach (MapNode one in discriminators.Keys.Select(discriminators.Peek).OfType<MapNode>())
        {
            SamplingFiles.Locate(one, Model, folder);
            if (one.Peek(Sheet) is not ScalarNode { Text: { } path } named) continue;
            string found = FilePattern.Expand(path, folder, named.Place.ToString())[0];
            MapNode whole = YamlReader.ReadFile(found, path), needed = new(whole.Place);
            foreach (string key in Needed)
                needed.Set(key, whole.Peek(key) ?? throw ConfigErrors.NoSheet(named.Place, found, key), named.Place);
            one.Set(Sheet, needed, named.Place);
        }
    }
}
