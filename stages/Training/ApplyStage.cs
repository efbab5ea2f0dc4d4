using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Scores for every row that no training has seen: of the calibration and test parts, or out of fold for all. Scores carry
/// truth, weight, pt, eta and decay mode, so that nobody opens the tuples again.
/// </summary>
public sealed class ApplyStage(SplitStage split, SplitSettings parts, FeatureSettings features, ApplySettings settings) : IStage
{
    private const int BatchRows = 16_384;

    /// <inheritdoc/>
    public string Name => "Apply";

    /// <inheritdoc/>
    public string Summary => "Scores of rows that were not trained on, with truth and kinematics";

    /// <summary>The columns of scores, in the order of classes.</summary>
    public static IReadOnlyList<string> ScoreColumns { get; } = [.. TauTypes.Classes.Select(type => $"score_{TauTypes.Name(type)}")];

    /// <summary>The scored shards of one part.</summary>
    public IReadOnlyList<PartShard> Part(string part) => [.. split.Part(part).Select(shard => shard with { Shard = Output(part, shard) })];

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        .. from file in split.Files
           let applied = parts.AppliedParts.Where(file.Parts.ContainsKey).ToList()
           where applied.Count > 0
           let trainings = parts.Trainings.Where(one => one.Apply.Any(applied.Contains)).ToList()
           select new Step
           {
               Stage = Name,
               Key = $"{file.Dataset.Name}/{file.Entry}",
               Reads =
               [
                   .. applied.Select(part => new StepInput("tuple", file.Parts[part], [.. settings.Carried.Concat(features.Names).Distinct(StringComparer.Ordinal)])),
                   .. trainings.SelectMany(one => new[] { new StepInput("model", TrainStage.Model(one)), new StepInput("scaling", ScaleStage.Scaling(one)) }),
               ],
               Writes = [.. applied.Select(part => Output(part, new PartShard(file.Dataset, file.Entry, file.Parts[part])))],
               Settings = settings.Used.And(features.Used),
               CountsRows = true,
               Work = run => Apply(run, file, applied, trainings),
           },
    ];

    private static Artifact Output(string part, PartShard shard) => Artifact.Product($"apply/{part}/{shard.Dataset.Name}/{shard.Entry}.h5");

    private void Apply(StepRun run, SplitFile file, IReadOnlyList<string> applied, IReadOnlyList<Training> trainings)
    {
        foreach (Training one in trainings)
        {
            TrainedModel model = run.Read(TrainStage.Model(one)).Model;
            FeatureScaling scaling = run.Read(ScaleStage.Scaling(one)).Scaling;
            foreach (string part in one.Apply.Where(applied.Contains)) Score(run, file, part, model, scaling);
        }
    }

    private void Score(StepRun run, SplitFile file, string part, TrainedModel model, FeatureScaling scaling)
    {
        using TupleShardReader reader = run.Stream<TupleShardReader>(file.Parts[part]);
        using TupleShardWriter writer = run.Create<TupleShardWriter>(Output(part, new PartShard(file.Dataset, file.Entry, file.Parts[part])));
        ColumnSpec[] carried = [.. settings.Carried.Select(name => reader.Schema.Find(name)!)];
        writer.Begin(new Schema(carried.Concat(ScoreColumns.Select(name => new ColumnSpec(name, ColumnType.Float32)))),
            new Dictionary<string, string> { ["dataset"] = file.Dataset.Name, ["part"] = part });
        foreach (Batch rows in reader.Batches(BatchRows))
        {
            run.Cancellation.ThrowIfCancellationRequested();
            float[] probabilities = model.Predict(ScaledFeatures.Of(rows, features.Names, scaling), rows.Rows);
            writer.Append(rows.Only(settings.Carried).With([.. ScoreColumns.Select((name, type) => Column(name, probabilities, type))]));
            ReadOnlySpan<int> types = rows.Flat<int>(CandidateColumns.Type);
            foreach (int type in types)
            {
                run.Rows.In(TauTypes.Name((TauType)type), 1, from: part);
                run.Rows.Out(TauTypes.Name((TauType)type), 1, to: part);
            }
        }
        writer.Complete();
    }

    private static Column<float> Column(string name, float[] probabilities, int type)
    {
        var scores = new float[probabilities.Length / ScoreColumns.Count];
        for (int row = 0; row < scores.Length; row++) scores[row] = probabilities[row * ScoreColumns.Count + type];
        return new Column<float>(name, scores);
    }
}

/// <summary>What a scored row carries besides its scores.</summary>
public sealed record ApplySettings(IReadOnlyList<string> Carried, SettingsUsed Used)
{
    /// <summary>The candidates' own columns, truth, and what discriminators and evaluation name.</summary>
    public static ApplySettings Of(IEnumerable<string> named)
    {
        string[] carried = [.. new[] { CandidateColumns.Run, CandidateColumns.Lumi, CandidateColumns.Evt, CandidateColumns.Type, CandidateColumns.Weight, CandidateColumns.Pt, CandidateColumns.Eta, CandidateColumns.Phi, CandidateColumns.DecayMode, CandidateColumns.Dz }
            .Concat(named).Distinct(StringComparer.Ordinal)];
        return new ApplySettings(carried, SettingsUsed.None.And("carried", string.Join(", ", carried)));
    }
}
