using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// The trained network for programs that run ONNX: whole, and in the parts that CMSSW consumes; a sheet of what goes in, what comes out and
/// where to cut; the weights as safetensors. Nothing is written unless the whole graph gives our scores of test rows, and of hard ones.
/// </summary>
public sealed class ExportStage(ExportSources sources, FeatureSettings features, ExportSettings settings) : IStage
{
    private const string Folder = "export", Sheet = "model.json", Weights = "weights.safetensors";

    /// <inheritdoc/>
    public string Name => "Export";

    /// <inheritdoc/>
    public string Summary => "The network as ONNX with scaling, working points and a sheet, checked against its own scores";

    /// <summary>A graph of a training.</summary>
    public static Artifact<OnnxFile> Graph(Training training, string graph) => new(training.Path(Folder, $"{graph}.onnx"));

    /// <summary>The sheet of a training.</summary>
    public static Artifact<ModelSheetFile> SheetOf(Training training) => new(training.Path(Folder, Sheet));

    /// <summary>The weights of a training.</summary>
    public static Artifact WeightsOf(Training training) => Artifact.Product(training.Path(Folder, Weights));

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        .. sources.Parts.Trainings.Select(training => new Step
        {
            Stage = Name,
            Key = training.Name,
            Reads =
            [
                new StepInput("model", sources.Model.Of(training)),
                new StepInput("scaling", ScaleStage.Scaling(training)),
                .. sources.Thresholds is { } thresholds ? new[] { new StepInput("working points", thresholds) } : [],
                .. Rows(training).Select(shard => new StepInput("rows", shard, features.ColumnsFor(sources.Takes))),
            ],
            Writes = [.. Graphs.Select(graph => Graph(training, graph)), SheetOf(training), WeightsOf(training)],
            Settings = settings.Used.And(sources.Model.Used).And(features.UsedFor(sources.Takes))
                .And("classes", sources.Classes.Trained.Select(one => one.Name)),
            Tools = [.. OnnxPredictor.Tools, .. MathLibrary.Tools], // the softmax that it is compared with
            Work = run => Export(run, training),
        }),
    ];

    private IReadOnlyList<string> Graphs =>
        NetworkGraphs.Names(sources.Takes == ConstituentForm.Grids ? features.Grids!.Locations.Select(location => location.Name) : []);

    // The rows that the training's scores are shown on.
    private Artifact[] Rows(Training training) => [.. training.Apply.SelectMany(sources.Split.Part).Select(shard => shard.Shard)];

    private void Export(StepRun run, Training training)
    {
        TrainedModel model = sources.Model.Read(run, training);
        FeatureScaling scaling = run.Read(ScaleStage.Scaling(training)).Scaling;
        FeatureScale[] scales = [.. features.Inputs.Select(feature => scaling.Of(feature.Name))];
        IReadOnlyList<ExportedGraph> graphs = NetworkGraphs.Of(model, settings.ScalesInside ? scales : null);
        var made = new ModelSheetMaker(sources, features, scaling, model.Shape);
        byte[][] files = [.. graphs.Select(graph => graph.ToBytes(made.Texts))];

        using var exported = new OnnxPredictor(files[0], Graph(training, ExportedGraph.Whole).Path, ExportedGraph.Probabilities);
        var check = new ExportCheck(model, exported, settings.ScalesInside);
        check.Hard(new HardRows(model.Shape, scales));
        check.Rows(run, Rows(training), (features, scaling), settings.CheckRows);

        foreach ((ExportedGraph graph, byte[] bytes) in graphs.Zip(files)) run.Write(Graph(training, graph.Name), new OnnxFile(bytes));
        WorkingPointTable? points = sources.Thresholds is { } thresholds ? run.Read(thresholds).Table : null;
        run.Write(SheetOf(training), new(made.Sheet(settings.ScalesInside, graphs.Zip(files), points, MadeOf(run, training))));
        using SafetensorsProduct weights = run.Create<SafetensorsProduct>(WeightsOf(training));
        weights.Write(model);
    }

    private SortedDictionary<string, string> MadeOf(StepRun run, Training training)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (Artifact artifact in (Artifact[])[sources.Model.Of(training), ScaleStage.Scaling(training)])
        {
            using FileContent content = run.Stream<FileContent>(artifact);
            hashes[artifact.Path] = $"{content.Hash}";
        }
        return hashes;
    }
}

/// <summary>What is exported, and what goes with it.</summary>
/// <param name="Parts">The parts of the split.</param>
/// <param name="Split">Their shards.</param>
/// <param name="Thresholds">Working points, if the campaign derives some.</param>
/// <param name="Classes">The classes.</param>
/// <param name="Takes">As what the network takes constituents.</param>
public sealed record ExportSources(
    SplitSettings Parts,
    SplitShards Split,
    Artifact<WorkingPointsFile>? Thresholds,
    ClassScheme Classes,
    ConstituentForm Takes)
{
    /// <summary>The model: the one whose scores the working points cut.</summary>
    public AppliedModel Model { get; init; } = AppliedModel.Best;
}
