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
public sealed class ApplyStage(SplitShards split, SplitSettings parts, FeatureSettings features, ApplySettings settings) : IStage
{
    // Filled cells of a row are some ten thousand numbers. Scores do not depend on what a row is read with.
    private const int BatchRows = 16_384, GridBatchRows = 1024;

    // In the order of the network's outputs.
    private readonly string[] _scoreColumns =
        [.. settings.Classes.Trained.Select(CandidateColumns.Score), .. settings.Heads.SelectMany(head => head.ScoreColumns)];

    /// <inheritdoc/>
    public string Name => "Apply";

    /// <inheritdoc/>
    public string Summary => "Scores of rows that were not trained on, with truth and kinematics";

    /// <summary>The scored shards.</summary>
    public SplitShards Scores { get; } = new(
    [
        .. split.Files.Select(file =>
            file with
            {
                Parts = parts.AppliedParts.Where(file.Parts.ContainsKey)
                    .ToDictionary(
                        part => part,
                        part => Artifact.Product($"apply/{part}/{file.Dataset.Name}/{file.Entry}.h5"),
                        StringComparer.Ordinal),
            }),
    ]);

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps()
    {
        string[] columns =
        [
            .. settings.Carried.Concat(features.ColumnsFor(settings.Takes)).Concat(settings.Models.SelectMany(model => model.Columns))
                .Distinct(StringComparer.Ordinal),
        ];
        SettingsUsed own = settings.Used.And("heads", settings.Heads.SelectMany(head => head.ScoreColumns))
            .And(settings.Network.Used).And(features.UsedFor(settings.Takes));
        SettingsUsed used = settings.Models.Aggregate(own, (sum, model) => sum.And(model.Used));
        return
        [
            .. from file in split.Files.Zip(Scores.Files, (rows, scores) => new ToScore(rows, scores))
               let applied = file.Scores.Parts.Keys.ToList()
               where applied.Count > 0
               let trainings = parts.Trainings.Where(one => one.Apply.Any(applied.Contains)).ToList()
               select new Step
               {
                   Stage = Name,
                   Key = $"{file.Rows.Dataset.Name}/{file.Rows.Entry}",
                   Reads =
                   [
                       .. applied.Select(part => new StepInput("tuple", file.Rows.Parts[part], columns)),
                       .. trainings.SelectMany(one =>
                           new[] { new StepInput("model", settings.Network.Of(one)), new StepInput("scaling", ScaleStage.Scaling(one)) }),
                       .. settings.Models.Select(model => new StepInput($"model {model.Name}", model.File)),
                   ],
                   Writes = [.. file.Scores.Parts.Values],
                   Settings = used,
                   // The softmax; and what the scores of others' networks come from.
                   Tools = [.. MathLibrary.Tools, .. TupleShardWriter.Tools, .. settings.Models.Count > 0 ? OnnxPredictor.ScoreTools : []],
                   CountsRows = true,
                   Work = run => Apply(run, file, applied, trainings),
               },
        ];
    }

    private void Apply(StepRun run, ToScore file, IReadOnlyList<string> applied, IReadOnlyList<Training> trainings)
    {
        using var others = new ForeignScores(run, settings.Models);
        foreach (Training one in trainings)
        {
            TrainedModel model = settings.Network.Read(run, one);
            FeatureScaling scaling = run.Read(ScaleStage.Scaling(one)).Scaling;
            foreach (string part in one.Apply.Where(applied.Contains)) Score(run, file, part, (model, scaling, others));
        }
    }

    private void Score(
        StepRun run, ToScore file, string part, (TrainedModel Network, FeatureScaling Scaling, ForeignScores Others) by)
    {
        TrainedModel model = by.Network;
        using TupleShardReader reader = run.Stream<TupleShardReader>(file.Rows.Parts[part]);
        using TupleShardWriter writer = run.Create<TupleShardWriter>(file.Scores.Parts[part]);
        ColumnSpec[] carried = [.. settings.Carried.Select(name => reader.Schema.Find(name)!)];
        IEnumerable<ColumnSpec> made = _scoreColumns.Concat(by.Others.Made).Select(name => new ColumnSpec(name, ColumnType.Float32));
        writer.Begin(new Schema(carried.Concat(made)),
            new Dictionary<string, string> { ["dataset"] = file.Rows.Dataset.Name, ["part"] = part });
        var inputs = new CandidateInputs(features, by.Scaling, model.Shape.Inputs);
        long first = 0;
        foreach (Batch rows in reader.Batches(model.Shape.Inputs.Any(input => input.IsGrid) ? GridBatchRows : BatchRows))
        {
            run.Cancellation.ThrowIfCancellationRequested();
            float[] probabilities = model.Predict(inputs.Of(rows, row => (file.Rows.Parts[part].Path, first + row)), rows.Rows);
            first += rows.Rows;
            writer.Append(rows.Only(settings.Carried)
                .With([.. _scoreColumns.Select((name, type) => Column(name, probabilities, type)), .. by.Others.Of(rows)]));
            ReadOnlySpan<int> types = rows.Flat<int>(CandidateColumns.Type);
            ReadOnlySpan<float> weights = rows.Flat<float>(CandidateColumns.Weight);
            for (int i = 0; i < types.Length; i++)
            {
                string @class = settings.Classes.Of(types[i]).Name;
                run.Rows.In(@class, 1, weights[i], from: part);
                run.Rows.Out(@class, 1, weights[i], to: part);
            }
        }
        writer.Complete();
    }

    private Column<float> Column(string name, float[] probabilities, int type)
    {
        var scores = new float[probabilities.Length / _scoreColumns.Length];
        for (int row = 0; row < scores.Length; row++) scores[row] = probabilities[row * _scoreColumns.Length + type];
        return new Column<float>(name, scores);
    }

    private sealed record ToScore(SplitFile Rows, SplitFile Scores);
}

/// <summary>The classes that have a score, and what a scored row carries besides.</summary>
public sealed record ApplySettings(ClassScheme Classes, IReadOnlyList<string> Carried, SettingsUsed Used)
{
    /// <summary>Networks that were trained elsewhere, whose scores stand beside.</summary>
    public IReadOnlyList<ForeignModel> Models { get; init; } = [];

    /// <summary>What the network tells beside the class, whose scores stand behind those of the classes.</summary>
    public IReadOnlyList<HeadSettings> Heads { get; init; } = [];

    /// <summary>As what the network takes constituents.</summary>
    public ConstituentForm Takes { get; init; }

    /// <summary>Whose scores those of the campaign's own network are.</summary>
    public AppliedModel Network { get; init; } = AppliedModel.Best;

    /// <summary>The candidates' own columns, truth, and what discriminators and evaluation name.</summary>
    public static ApplySettings Of(ClassSettings classes, IEnumerable<string> named)
    {
        string[] carried =
        [
            .. new[]
            {
                CandidateColumns.Run,
                CandidateColumns.Lumi,
                CandidateColumns.Evt,
                CandidateColumns.Type,
                CandidateColumns.Weight,
                CandidateColumns.Pt,
                CandidateColumns.Eta,
                CandidateColumns.Phi,
                CandidateColumns.DecayMode,
                CandidateColumns.Dz,
            }
            .Concat(named).Distinct(StringComparer.Ordinal)];
        return new ApplySettings(classes.Scheme, carried, classes.Used.And("carried", carried));
    }
}
