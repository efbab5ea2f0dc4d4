using System.Text;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// <c>split/components.yaml</c>, what umami-preprocessing keeps in <c>organised-components.yaml</c>: of each part and class the shards
/// that have rows of it (<c>files:</c>) and how many rows these are (<c>num_jets:</c>); and the same by region and dataset
/// (<c>components:</c>), which it cannot tell apart.
/// </summary>
internal sealed class SplitComponents(SplitShards shards, SplitSettings settings, ClassScheme classes)
{
    private readonly record struct Component(string Part, string Class, string Region, string Dataset);

    /// <summary>What is written.</summary>
    public static Artifact<TextFile> File { get; } = new("split/components.yaml");

    private bool HasRegions => settings.Regions.Count > 0;

    /// <summary>What is read: the class, and the region where there are regions, of all rows of the split.</summary>
    public IReadOnlyList<StepInput> Reads =>
    [
        .. from file in shards.Files
           from part in file.Parts.Values
           select new StepInput("tuple", part, HasRegions ? [CandidateColumns.Type, CandidateColumns.Region] : [CandidateColumns.Type]),
    ];

    /// <summary>Counts and writes.</summary>
    public void Write(StepRun run)
    {
        var rows = new Dictionary<Component, long>();
        var files = new Dictionary<(string Part, string Class), SortedSet<string>>();
        foreach (string part in settings.Parts)
            foreach (PartShard shard in shards.Part(part))
                foreach (Batch batch in new ShardSequence(run, [shard.Shard]).Batches())
                    Count(batch, part, shard, rows, files);
        run.Write(File, new TextFile(Text(rows, files)));
    }

    private void Count(
        Batch batch, string part, PartShard shard, Dictionary<Component, long> rows, Dictionary<(string, string), SortedSet<string>> files)
    {
        ReadOnlySpan<int> type = batch.Flat<int>(CandidateColumns.Type);
        ReadOnlySpan<int> region = HasRegions ? batch.Flat<int>(CandidateColumns.Region) : [];
        for (int i = 0; i < type.Length; i++)
        {
            string @class = classes.Of(type[i]).Name;
            string of = HasRegions && region[i] != ExclusiveRules.None ? settings.Regions[region[i]].Name : "";
            var component = new Component(part, @class, of, shard.Dataset.Name);
            rows[component] = rows.GetValueOrDefault(component) + 1;
            if (!files.TryGetValue((part, @class), out SortedSet<string>? found))
                files[(part, @class)] = found = new SortedSet<string>(StringComparer.Ordinal);
            found.Add(shard.Shard.Path);
        }
    }

    // Parts in the order of the split, classes and all else by name: nothing depends on the order of rows.
    private string Text(Dictionary<Component, long> rows, Dictionary<(string Part, string Class), SortedSet<string>> files)
    {
        string[] names = [.. classes.All.Select(one => one.Name).Order(StringComparer.Ordinal)];
        var text = new StringBuilder("files:\n");
        foreach (string part in settings.Parts)
        {
            text.Append($"  {part}:\n");
            foreach (string name in names.Where(name => files.ContainsKey((part, name))))
                text.Append($"    {name}:\n").AppendJoin("", files[(part, name)].Select(file => $"    - {file}\n"));
        }
        text.Append("num_jets:\n");
        foreach (string part in settings.Parts)
        {
            text.Append($"  {part}:\n");
            foreach (string name in names)
                text.Append($"    {name}: {rows.Where(one => one.Key.Part == part && one.Key.Class == name).Sum(one => one.Value)}\n");
        }
        text.Append("components:\n");
        foreach (string part in settings.Parts)
        {
            text.Append($"  {part}:\n");
            foreach ((Component one, long count) in rows.Where(one => one.Key.Part == part)
                .OrderBy(one => Name(one.Key), StringComparer.Ordinal)) text.Append($"    {Name(one)}: {count}\n");
        }
        return text.ToString();
    }

    private static string Name(Component one) =>
        one.Region.Length == 0 ? $"{one.Dataset}_{one.Class}" : $"{one.Region}_{one.Dataset}_{one.Class}";
}
