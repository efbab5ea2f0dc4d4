using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>What a dataset is for.</summary>
public enum DatasetUse
{
    /// <summary>Training and evaluation.</summary>
    Both,
    /// <summary>Training only: no row is ever evaluated.</summary>
    Train,
    /// <summary>Evaluation only: no row is ever trained on.</summary>
    Evaluate,
}

/// <summary>A dataset of the campaign: generated, or listed in a manifest.</summary>
/// <param name="Name">Its name: part of every logical path.</param>
/// <param name="Index">Its place in the campaign: the value of the <c>dataset</c> column.</param>
/// <param name="Use">What it is for.</param>
/// <param name="Generated">How it is generated, or <see langword="null"/>.</param>
/// <param name="Inputs">Its raw files, if it is not generated.</param>
public sealed record Dataset(string Name, int Index, DatasetUse Use, GeneratedDataset? Generated, IReadOnlyList<RawEntry> Inputs)
{
    /// <summary>What its events are scaled to, if the campaign states a cross section.</summary>
    public ProcessNormalisation? Normalisation { get; init; }

    /// <summary>
    /// Files of certified luminosity sections, <c>certified:</c>: a row counts if one of them has its section. Without any, all rows do.
    /// </summary>
    public IReadOnlyList<RawEntry> Certified { get; init; } = [];

    private static readonly string[] Uses = ["both", "train", "evaluate"];

    /// <summary>
    /// The group of datasets that hold the same events (another reconstruction, a skim): <c>same_events:</c>; none if
    /// <see langword="null"/>.
    /// </summary>
    public string? SameEvents { get; init; }

    /// <summary>Names the numbering of its events: its group's, else its own.</summary>
    public string Numbering => SameEvents is null ? $"dataset {Name}" : $"group {SameEvents}";

    /// <summary>The groups of datasets that hold the same events, for fingerprints; empty if there are none.</summary>
    public static string Grouped(IReadOnlyList<Dataset> datasets) =>
        string.Join(
            "; ",
            datasets.Where(dataset => dataset.SameEvents is not null)
        .GroupBy(dataset => dataset.SameEvents)
        .Select(group => string.Join(", ", group.Select(dataset => dataset.Name)))
        .Order(StringComparer.Ordinal));

    /// <summary>Reads the block <c>datasets:</c>.</summary>
    public static IReadOnlyList<Dataset> ReadAll(ConfigBlock root)
    {
        var datasets = new List<Dataset>();
        foreach ((string name, ConfigBlock block) in root.Blocks("datasets"))
        {
            DatasetUse use = (DatasetUse)Array.IndexOf(Uses, block.Choice("use", Uses, "both"));
            GeneratedDataset? generated = block.Has("generate") ? GeneratedDataset.Read(block.Block("generate")) : null;
            List<RawEntry> inputs = [.. block.List("inputs").Select(input => RawEntry.Read(name, input))];
            if (generated is null && inputs.Count == 0) block.Wrong("manifest", "a manifest, files, or a block 'generate'", "none");
            List<RawEntry> certified = [.. block.List("certified").Select(file => RawEntry.Read($"{name}/certified", file))];
            if (generated is not null && certified.Count > 0) block.Wrong("certified", "a dataset of real data", "a simulation of ours");
            datasets.Add(new Dataset(name, datasets.Count, use, generated, inputs)
            {
                Certified = certified,
                SameEvents = block.Has("same_events") ? block.Text("same_events") : null,
                Normalisation = NormalisationOf(block),
            });
        }
        foreach (
            IGrouping<string?, Dataset> alone in datasets
                .GroupBy(dataset => dataset.SameEvents)
                .Where(group => group.Key is not null && group.Count() == 1))
            root.Block("datasets").Block(alone.Single().Name).Wrong("same_events", "a group that another dataset names too",
                $"'{alone.Key}', nearest {ErrorText.Nearest(alone.Key!, datasets.Select(dataset => dataset.SameEvents).OfType<string>().Where(group => group != alone.Key).Distinct(), 1)}"
            );
        if (datasets.Count == 0) root.Wrong("datasets", "at least one dataset", "none");
        return datasets;
    }

    private static ProcessNormalisation? NormalisationOf(ConfigBlock block)
    {
        if (!block.Has("cross_section"))
        {
            foreach (string key in new[] { "luminosity", "filter_efficiency" })
                if (block.Has(key)) block.Wrong(key, "a cross_section beside it", "none");
            return null;
        }
        double crossSection = Above0(block, "cross_section", null, "pb"), luminosity = Above0(block, "luminosity", null, "fb^-1");
        return new ProcessNormalisation(crossSection, luminosity, Above0(block, "filter_efficiency", 1, "", 1));
    }

    private static double Above0(ConfigBlock block, string key, double? fallback, string unit, double max = double.PositiveInfinity)
    {
        int before = block.Mistakes.Found.Count;
        double value = block.Number(key, fallback, unit, 0, max);
        if (value == 0 && block.Mistakes.Found.Count == before) block.Wrong(key, "a number above 0", "0");
        return value;
    }
}

/// <summary>How many events of which process a generated dataset has.</summary>
public sealed record GeneratedDataset(string Process, int Files, long Events, string Where)
{
    private static readonly string[] Layouts = ["tau_tuple", "thor"];

    /// <summary>The name of the layout that it is written in.</summary>
    public string Layout { get; private init; } = Layouts[0];

    /// <summary>Factor on its isolation sums in place of the campaign's; that one if <see langword="null"/>.</summary>
    public double? IsolationScale { get; private init; }

    /// <summary>Factor on its resolution of impact parameters in place of the campaign's; that one if <see langword="null"/>.</summary>
    public double? ImpactResolution { get; private init; }

    internal static GeneratedDataset Read(ConfigBlock block) =>
        new(block.Text("process"), (int)block.Whole("files", 1, 1, 100_000), block.Whole("events", null, 1), block.Where)
        {
            Layout = block.Choice("layout", Layouts, Layouts[0]),
            IsolationScale = Factor(block, "isolation_scale"),
            ImpactResolution = Factor(block, "impact_resolution"),
        };

    private static double? Factor(ConfigBlock block, string key) => block.Has(key) ? block.Number(key, null, "", 0.1, 10) : null;
}

/// <summary>
/// A raw file of a dataset, or of an external stage's input: one that nobody here makes, or with <c>external://PATH</c> the product of an
/// external stage.
/// </summary>
public sealed record RawEntry(string Entry, Artifact File)
{
    private const string MadeOutside = "external://";

    /// <summary><c>file:line</c>.</summary>
    public string Where { get; private init; } = "";

    internal static RawEntry Read(string dataset, ConfigBlock block)
    {
        string entry = block.Text("entry");
        ContentHash? hash = block.Has("sha256") && ContentHash.TryParse(block.Text("sha256"), out ContentHash stated) ? stated : null;
        long? size = block.Has("size") ? block.Whole("size") : null;
        if (block.Has("entries")) block.Whole("entries");
        string where = block.Has("stated_at") ? block.Text("stated_at") : block.Where;
        string location = block.Text("location");
        return location.StartsWith(MadeOutside, StringComparison.Ordinal)
            ? new RawEntry(entry, Artifact.Product(location[MadeOutside.Length..])) { Where = where }
            : new RawEntry(entry, Artifact.Raw($"{dataset}/{entry}", new RawSource(location, hash, size, where))) { Where = where };
    }
}
