using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Physics;
using TauPipeline.Stages;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>
/// Split to Weights over two datasets, <c>DY</c> and <c>QCD</c>, of one file each unless stated, as the catalogue wires them.
/// </summary>
internal sealed class SamplingFlow
{
    public SamplingFlow(string yaml, params Dataset[] datasets) : this(yaml, 1, datasets) { }

    public SamplingFlow(string yaml, int filesEach, params Dataset[] datasets)
    {
        ConfigBlock root = Campaigns.Root(yaml);
        Datasets = datasets.Length > 0 ? datasets : [Campaigns.Dataset("DY"), Campaigns.Dataset("QCD", 1)];
        string[] entries = filesEach == 1 ? ["a"] : [.. Enumerable.Range(0, filesEach).Select(file => $"f{file:D4}")];
        Files =
        [
            .. from dataset in Datasets
               from entry in entries
               let name = filesEach == 1 ? dataset.Name : $"{dataset.Name}_{entry}"
               select new IngestedFile(dataset, entry, Artifact.Product($"raw/{name}"), Artifact.Product($"ingest/{name}.h5")),
        ];
        SpectrumSettings binning = SpectrumSettings.Read(root.Block("binning"), ClassSettings.Standard);
        SplitSettings parts = SplitSettings.Read(root.Block("split"), Datasets);
        Parts = parts with { Caps = SplitCaps.Read(root.Block("split"), parts, binning) };
        Split = new SplitStage(Files, Parts, ClassSettings.Standard);
        Mixing = ShuffleMergeSettings.Read(root.Block("shuffle_merge"), Datasets, ClassSettings.Standard);
        Pools = [.. Mixing.Groups.Select(group => new SpectrumPool("groups", group.Name, group.Datasets, group.Types))];
        Spectrum = new SpectrumStage(Split.Shards, Parts, binning with { Pools = Pools });
        Mix = new ShuffleMergeStage(Datasets, Split.Shards, Parts, Mixing);
        Validate = new ValidateStage(
            Datasets,
            Split.Shards,
            Mix.Mixed,
            Parts,
            ValidateSettings.Read(root.Block("validate"), ClassSettings.Standard) with { Groups = Mixing.Groups });
        Weights = new WeightsStage(Mix.Mixed, Parts, binning, WeightsSettings.Read(root.Block("weights")));
        root.Mistakes.ThrowIfAny();
    }

    public IReadOnlyList<Dataset> Datasets { get; }
    public IReadOnlyList<IngestedFile> Files { get; }
    public SplitSettings Parts { get; }
    public IReadOnlyList<SpectrumPool> Pools { get; }
    public SplitStage Split { get; }
    public SpectrumStage Spectrum { get; }
    public ShuffleMergeSettings Mixing { get; }
    public ShuffleMergeStage Mix { get; }
    public ValidateStage Validate { get; }
    public WeightsStage Weights { get; }

    public Training Training => Parts.Trainings[0];

    /// <summary>So many taus, then so many jets.</summary>
    public static TauClass[] TausAndJets(int taus, int jets) =>
        [.. Enumerable.Repeat(StandardClasses.Tau, taus), .. Enumerable.Repeat(StandardClasses.Jet, jets)];
}
