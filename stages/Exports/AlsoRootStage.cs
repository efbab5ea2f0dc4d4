using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// ROOT files beside spectra, split rows, mixed rows and scores, for analyses that go on in ROOT: rows as a tree, spectra as a TH2D a tau
/// type; and lists of the trees with their entries, as TauMLTools takes them.
/// A stage of its own, so that nothing that makes those products, nor what is made of them, depends on it.
/// </summary>
public sealed class AlsoRootStage(AlsoRootSources sources, AlsoRootSettings settings) : IStage
{
    /// <inheritdoc/>
    public string Name => "AlsoRoot";

    /// <inheritdoc/>
    public string Summary => "ROOT files beside spectra, split rows, mixed rows and scores";

    /// <summary>The ROOT file beside a product: the same path, but for its ending.</summary>
    public static Artifact Of(Artifact product) => Artifact.Product(System.IO.Path.ChangeExtension(product.Path, ".root"));

    /// <summary>The trees in the order of their paths, a line <c>path entries</c> each: <c>size_list.txt</c> of TauMLTools.</summary>
    public static Artifact<TextFile> SizeList { get; } = new("also_root/size_list.txt");

    /// <summary>
    /// The same lines in an order that looks random and is always the same, as the input of ShuffleMergeSpectral: a folder is a dataset.
    /// </summary>
    public static Artifact<TextFile> FileList { get; } = new("also_root/filelist_mix.txt");

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        .. from spectrum in settings.Spectrum ? sources.Spectra : []
           select StepOf("spectrum", spectrum, (run, root) => root.Write(run.Read(spectrum).Spectrum)),
        .. from shard in Shards select StepOf("tuple", shard, (run, root) => Rows(run, shard, root)),
        .. Shards.Any() ? new[] { ListsStep } : [],
    ];

    private IEnumerable<Artifact> Shards =>
        (settings.Split ? sources.SplitRows() : [])
            .Concat(settings.ShuffleMerge ? sources.Mixed() : []).Concat(settings.Apply ? sources.Scores() : []);

    private Step ListsStep => new()
    {
        Stage = Name,
        Key = "lists",
        Reads = [.. Shards.Select(shard => new StepInput("tuple", shard, [CandidateColumns.Type]))],
        Writes = [SizeList, FileList],
        Settings = SettingsUsed.None,
        Work = run =>
        {
            string[] lines = [.. Shards.Select(shard => $"{Of(shard).Path} {RowsOf(run, shard)}").Order(StringComparer.Ordinal)];
            run.Write(SizeList, Lines(lines));
            run.Write(FileList, Lines(lines.OrderBy(line => ContentHash.Of(line).ToString(), StringComparer.Ordinal)));
        },
    };

    private static long RowsOf(StepRun run, Artifact shard)
    {
        using TupleShardReader rows = run.Stream<TupleShardReader>(shard);
        return rows.Rows;
    }

    private static TextFile Lines(IEnumerable<string> lines) => new(string.Concat(lines.Select(line => line + "\n")));

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
    /// <summary>The spectra of each file, dataset and group, in each part that is mixed.</summary>
    public IReadOnlyList<Artifact<SpectrumFile>> Spectra { get; init; } = [];

    /// <summary>The shards of each part of the split.</summary>
    public IEnumerable<Artifact> SplitRows() => Split.Files.SelectMany(file => file.Parts.Values);

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
    /// <summary>Whether the rows of each part of the split are.</summary>
    public bool Split { get; init; }

    /// <summary>Whether any is.</summary>
    public bool IsWanted => Spectrum || ShuffleMerge || Apply || Split;

    /// <summary>Reads the block.</summary>
    public static AlsoRootSettings Read(ConfigBlock block) =>
        new(block.Flag("spectrum"), block.Flag("shuffle_merge"), block.Flag("apply")) { Split = block.Flag("split") };
}
