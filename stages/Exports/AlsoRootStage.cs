using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Foundation;

namespace TauPipeline.Stages;

/// <summary>
/// ROOT files beside spectra, mixed rows and scores, for analyses that go on in ROOT: rows as a tree, spectra as a TH2D a tau type.
/// A stage of its own, so that nothing that makes those products, nor what is made of them, depends on it.
/// </summary>
public sealed class AlsoRootStage(AlsoRootSources sources, AlsoRootSettings settings) : IStage
{
    /// <inheritdoc/>
    public string Name => "AlsoRoot";

    /// <inheritdoc/>
    public string Summary => "ROOT files beside spectra, mixed rows and scores";

    /// <summary>The ROOT file beside a product: the same path, but for its ending.</summary>
    public static Artifact Of(Artifact product) => Artifact.Product(System.IO.Path.ChangeExtension(product.Path, ".root"));

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        .. from spectrum in settings.Spectrum ? sources.Spectra() : []
           select StepOf("spectrum", spectrum, (run, root) => root.Write(run.Read(spectrum).Spectrum)),
        .. from shard in (settings.ShuffleMerge ? sources.Mixed() : []).Concat(settings.Apply ? sources.Scores() : [])
           select StepOf("tuple", shard, (run, root) => Rows(run, shard, root)),
    ];

    private Step StepOf(string role, Artifact product, Action<StepRun, RootProduct> write) => new()
    {
        Stage = Name,
        Key = System.IO.Path.ChangeExtension(product.Path, null),
        Reads = [new StepInput(role, product)],
        Writes = [Of(product)],
        Settings = SettingsUsed.None,
        Tools = RootProduct.Tools,
        Work = run =>
        {
            using RootProduct root = run.Create<RootProduct>(Of(product));
            write(run, root);
        },
    };

    private static void Rows(StepRun run, Artifact shard, RootProduct root)
    {
        using TupleShardReader rows = run.Stream<TupleShardReader>(shard);
        root.Write(rows, run.Cancellation);
    }
}

/// <summary>Whose products are written as ROOT files too.</summary>
public sealed record AlsoRootSources(SplitSettings Parts, SplitShards Split, MixedShards MixedRows, SplitShards Scored)
{
    /// <summary>The spectrum of each dataset and part that is mixed.</summary>
    public IEnumerable<Artifact<SpectrumFile>> Spectra() =>
        from part in Parts.MixedParts
        from dataset in Split.Part(part).Select(shard => shard.Dataset.Name).Distinct()
        select SpectrumStage.Of(part, dataset);

    /// <summary>The mixed shards of each training.</summary>
    public IEnumerable<Artifact> Mixed() =>
        from training in Parts.Trainings
        from sample in training.Samples
        from shard in MixedRows.Of(training, sample.Name)
        select shard;

    /// <summary>The scored shards.</summary>
    public IEnumerable<Artifact> Scores() => Scored.Files.SelectMany(file => file.Parts.Values);
}

/// <summary>The block <c>also_root:</c>: a flag for each stage whose products are wanted as ROOT files too.</summary>
public sealed record AlsoRootSettings(bool Spectrum, bool ShuffleMerge, bool Apply)
{
    /// <summary>Whether any is.</summary>
    public bool IsWanted => Spectrum || ShuffleMerge || Apply;

    /// <summary>Reads the block.</summary>
    public static AlsoRootSettings Read(ConfigBlock block) => new(block.Flag("spectrum"), block.Flag("shuffle_merge"), block.Flag("apply"));
}
