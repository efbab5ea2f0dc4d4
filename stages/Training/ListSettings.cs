using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>The block <c>definitions: lists:</c>: groups whose objects a network takes one by one.</summary>
internal static class ListSettings
{
    private const int MostObjects = 1000;

    /// <summary>Reads the block, and what of it counts.</summary>
    /// <param name="definitions">Where it stands.</param>
    /// <param name="features">Those of the campaign, and the names of all, of those that are left out too.</param>
    /// <param name="groups">The groups that have a block.</param>
    public static (IReadOnlyList<ObjectList> Lists, SettingsUsed Used) Read(
        ConfigBlock definitions, (IReadOnlyList<Feature> Kept, IReadOnlyCollection<string> All) features,
        IReadOnlyDictionary<string, GroupSettings> groups)
    {
        var lists = new List<ObjectList>();
        SettingsUsed used = SettingsUsed.None;
        foreach ((string name, ConfigBlock block) in definitions.Blocks("lists"))
        {
            int most = (int)block.Whole("most", null, 1, MostObjects);
            var by = GroupSettings.Parse(block, "by");
            used = used.And(block.Used());
            if (!groups.TryGetValue(name, out GroupSettings? group) || group.Constituents.Length == 0)
            {
                definitions.Wrong("lists", "groups with constituents", $"'{name}', nearest {ErrorText.Nearest(name, groups.Keys, 1)}");
                continue;
            }
            FeatureGroup objects = group.Of(features.Kept, features.All);
            if (objects.Features.Count == 0) block.Wrong("most", $"objects with features; say  group: {name}  in some", "none");
            if (objects.Features.FirstOrDefault(feature => feature.ByCone) is { } byCone)
                block.Wrong("most", $"features that all cones scale alike:  {byCone.Name}: {{ by_cone: no }}", "by_cone: yes");
            if (objects.Require is not null) block.Wrong("most", "a group without  require:", "one with it");
            lists.Add(new ObjectList(objects, most) { By = by });
            used = used.And($"definitions.lists.{name}.columns", objects.Features.Select(feature => feature.Name));
        }
        return (lists, used.And("definitions.lists", lists.Select(list => list.Group.Name)));
    }
}
