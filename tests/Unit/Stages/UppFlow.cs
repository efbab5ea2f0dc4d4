using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Import;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>A UPP campaign that ships, on files of the reference sample (<c>../shared/data/upp</c>), stage by stage.</summary>
internal sealed class UppFlow : IDisposable
{
    private readonly IReadOnlyList<IStage> _stages;

    public UppFlow(string campaign, IEnumerable<string> inputs, params string[] sets)
    {
        CampaignFile file = CampaignFile.Load(Checkout.At("configs", campaign), sets, [.. inputs]);
        _stages = [.. StageCatalogue.Compose(file).Select(stage => (IStage)stage)];
        file.Finish();
    }

    /// <summary>A campaign that Import makes of one of UPP's own configurations, for stages to be run.</summary>
    public static UppFlow Imported(string configuration, IEnumerable<string> inputs, params string[] sets)
    {
        using var folder = new TempFolder();
        var source = new ImportSource(
            [ForeignFile.Load(SharedData.At("upp", "configs", $"{configuration}.yaml"))], configuration, folder.Path, folder.Path);
        File.WriteAllText(folder.At("imported.yaml"), Importers.For(null, source).Import(source).Text);
        return new UppFlow(folder.At("imported.yaml"), inputs, sets);
    }

    /// <summary>One that ships, by its file in <c>configs/</c>, or one that is made of UPP's, by the name of that.</summary>
    public static UppFlow Of(string campaign, IEnumerable<string> inputs, params string[] sets) =>
        campaign.EndsWith(".yaml", StringComparison.Ordinal) ? new(campaign, inputs, sets) : Imported(campaign, inputs, sets);

    public StageBench Bench { get; } = new();

    /// <summary>The files that UPP was given.</summary>
    public static string[] Ntuples =>
    [
        $"ttbar={SharedData.At("upp", "ntuples", "data1.h5")}", $"ttbar={SharedData.At("upp", "ntuples", "data2.h5")}",
        $"zprime={SharedData.At("upp", "ntuples", "data3.h5")}",
    ];

    /// <summary>The files that UPP split them into, whose numbers are rounded.</summary>
    public static string[] SplitFiles => [.. Directory.GetFiles(SharedData.At("upp", "split-components"), "*.h5", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(file => $"{(file.Contains("zprime", StringComparison.Ordinal) ? "zprime" : "ttbar")}={file}")];

    /// <summary>Runs all steps of these stages, in the order of the flow.</summary>
    public UppFlow Run(params string[] names)
    {
        foreach (IStage stage in _stages.Where(stage => names.Contains(stage.Name)))
            foreach (Step step in stage.Steps()) Bench.Run(step);
        return this;
    }

    /// <summary>All rows of the products of a stage whose path begins so.</summary>
    public IEnumerable<Batch> Rows(string stage, string path) => _stages.Single(one => one.Name == stage).Steps()
        .SelectMany(step => step.Writes)
        .Where(product => product.Path.StartsWith(path, StringComparison.Ordinal) && product.Path.EndsWith(".h5", StringComparison.Ordinal))
        .Select(Bench.Rows);

    /// <summary>Rows by the value of a column.</summary>
    public SortedDictionary<int, long> Counts(string stage, string path, string column = "tau_type")
    {
        var counts = new SortedDictionary<int, long>();
        foreach (Batch rows in Rows(stage, path))
            foreach (int value in rows.Flat<int>(column)) counts[value] = counts.GetValueOrDefault(value) + 1;
        return counts;
    }

    public void Dispose() => Bench.Dispose();

    /// <summary>All rows of a table of a raw file, padded slots left out.</summary>
    public static Batch Raw(string path, params string[] columns)
    {
        using RawFile file = RawFile.Open(new ProductInput(path));
        IRawTable table = file.Table("jets");
        return table.Read(new RawSelection(columns) { BatchRows = (int)table.Rows }).Single();
    }
}
