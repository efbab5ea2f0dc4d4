using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Thresholds of the network's working points, from genuine taus that are neither trained on nor shown (training-and-evaluation 11).
/// </summary>
public sealed class WorkingPointsStage(SplitShards scored, SplitSettings parts, WorkingPointsSettings settings) : IStage
{
    private const string NoScore = "no score";

    /// <inheritdoc/>
    public string Name => "WorkingPoints";

    /// <inheritdoc/>
    public string Summary => "Thresholds for fixed efficiencies, from calibration rows";

    /// <summary>The thresholds.</summary>
    public Artifact<WorkingPointsFile> Thresholds { get; } = new("working_points/working_points.json");

    private IReadOnlyList<PartShard> Shards => [.. parts.CalibrationParts.SelectMany(scored.Part)];

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps()
    {
        string[] columns =
        [
            .. settings.Columns.Concat(settings.Classes.Trained.Select(CandidateColumns.Score))
                .Append(CandidateColumns.Type)
                .Append(CandidateColumns.Weight)
                .Distinct(),
        ];
        return
        [
            new Step
            {
                Stage = Name,
                Reads = [.. Shards.Select(shard => new StepInput("scores", shard.Shard, columns))],
                Writes = [Thresholds],
                Settings = settings.Used,
                Tools = MathLibrary.Tools, // intervals
                CountsRows = true,
                Work = Find,
            },
        ];
    }

    private void Find(StepRun run)
    {
        var scores = settings.Classes.Backgrounds.ToDictionary(type => type, _ => new List<double>());
        var weights = new List<double>();
        foreach (PartShard shard in Shards)
        {
            using TupleShardReader reader = run.Stream<TupleShardReader>(shard.Shard);
            foreach (Batch batch in reader.Batches()) Take(batch, scores, weights, run.Rows);
        }
        WorkingPointTable table = weights.Count == 0 && settings.Points.Targets.Count > 0
            ? WorkingPointTable.Without(Lacking(run.Rows))
            : new WorkingPointFinder(settings.Points).Find(
                scores.ToDictionary(score => score.Key.Name, score => score.Value.ToArray()),
                weights.ToArray());
        run.Write(Thresholds, new WorkingPointsFile(table) { Definitions = Definitions() });
    }

    private string Lacking(RowLedger ledger)
    {
        string signals = string.Join(" or ", settings.Classes.Signals), sample = $"{string.Join(" and ", parts.CalibrationParts)} rows";
        return ledger.Lines.Any(line => line.Reason == NoScore) ? $"no row of {signals} among the {sample} has a score"
            : $"the {sample} have no row of {signals}{(settings.Selection is null ? "" : $" that is selected by {settings.Selection}")}";
    }

    // Efficiencies are shares of the taus that pass the points required against the other classes: in numerator and denominator.
    private Dictionary<string, ShareDefinition> Definitions() =>
        settings.Points.Targets.Select(target => target.Against)
            .Distinct()
            .ToDictionary(
        against => against,
        against =>
        {
            string[] others =
            [
                .. settings.Points.Required.Where(one => one.Key != against).Select(one => $"{one.Value} against {one.Key}"),
            ];
            string sample = $"{string.Join(" and ", parts.CalibrationParts)} rows of {string.Join(" and ", settings.Classes.Signals)}";
            return new ShareDefinition(sample, settings.Selection?.Text ?? "none", others, others);
        });

    private void Take(Batch batch, Dictionary<TauClass, List<double>> scores, List<double> weights, RowLedger ledger)
    {
        bool[]? selected = settings.Selection?.True(batch);
        bool[] isSignal = [.. settings.Classes.All.Select(settings.Classes.Signals.Contains)];
        ReadOnlySpan<int> types = batch.Flat<int>(CandidateColumns.Type);
        double[] weight = settings.Weight.Of(batch), events = batch[CandidateColumns.Weight].ToDoubles();
        var against = settings.Classes.Backgrounds.ToDictionary(type => type, type => ScoreVs.Of(settings.Classes, type, batch));
        for (int i = 0; i < batch.Rows; i++)
        {
            string @class = settings.Classes.Of(types[i]).Name;
            ledger.In(@class, 1, events[i]);
            if (!isSignal[types[i]]) ledger.Dropped("no signal", @class, 1, events[i]);
            else if (selected is not null && !selected[i]) ledger.Dropped("not selected for working points", @class, 1, events[i]);
            else if (against.Values.Any(score => double.IsNaN(score[i]))) ledger.Dropped(NoScore, @class, 1, events[i]);
            else
            {
                ledger.Out(@class, 1, events[i]);
                foreach ((TauClass type, double[] score) in against) scores[type].Add(score[i]);
                weights.Add(weight[i]);
            }
        }
    }
}
