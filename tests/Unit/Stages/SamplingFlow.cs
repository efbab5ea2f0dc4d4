using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Physics;
using TauPipeline.Stages;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Split to Weights over two datasets of one file each, <c>DY</c> and <c>QCD</c>, as the catalogue wires them.</summary>
internal sealed class SamplingFlow
{
    public SamplingFlow(string yaml, params Dataset[] datasets)
    {
        ConfigBlock root = Campaigns.Root(yaml);
        Datasets = datasets.Length > 0 ? datasets : [Campaigns.Dataset("DY"), Campaigns.Dataset("QCD", 1)];
        Files = [.. Datasets.Select(dataset => new IngestedFile(dataset, "a", Artifact.Product($"raw/{dataset.Name}"), Artifact.Product($"ingest/{dataset.Name}.h5")))];
        Parts = SplitSettings.Read(root.Block("split"));
        SpectrumSettings binning = SpectrumSettings.Read(root.Block("binning"), ClassSettings.Standard);
        Split = new SplitStage(Files, Parts, ClassSettings.Standard);
        Spectrum = new SpectrumStage(Split.Shards, Parts, binning);
        Mixing = ShuffleMergeSettings.Read(root.Block("shuffle_merge"), Datasets, ClassSettings.Standard);
        Mix = new ShuffleMergeStage(Datasets, Split.Shards, Parts, Mixing);
        Validate = new ValidateStage(Datasets, Split.Shards, Mix.Mixed, Parts, ValidateSettings.Read(root.Block("validate"), ClassSettings.Standard));
        Weights = new WeightsStage(Mix.Mixed, Parts, binning, WeightsSettings.Read(root.Block("weights")));
        root.Mistakes.ThrowIfAny();
    }

    public IReadOnlyList<Dataset> Datasets { get; }
    public IReadOnlyList<IngestedFile> Files { get; }
    public SplitSettings Parts { get; }
    public SplitStage Split { get; }
    public SpectrumStage Spectrum { get; }
    public ShuffleMergeSettings Mixing { get; }
    public ShuffleMergeStage Mix { get; }
    public ValidateStage Validate { get; }
    public WeightsStage Weights { get; }

    public Training Training => Parts.Trainings[0];

    /// <summary>So many taus, then so many jets.</summary>
    public static TauClass[] TausAndJets(int taus, int jets) => [.. Enumerable.Repeat(StandardClasses.Tau, taus), .. Enumerable.Repeat(StandardClasses.Jet, jets)];
}
