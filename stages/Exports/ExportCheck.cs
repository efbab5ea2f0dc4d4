using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Compares an exported model with the network that it was made of, row by row.</summary>
/// <param name="ours">The network.</param>
/// <param name="exported">Its graph, as ONNX Runtime runs it.</param>
/// <param name="scalesInside">Whether the graph scales.</param>
internal sealed class ExportCheck(TrainedModel ours, OnnxPredictor exported, bool scalesInside)
{
    // Of a probability, in float32 all the way (specification 13.1).
    private const double Tolerance = 1e-5;

    // Grids are filled up here: some ten thousand numbers a row.
    private const int BatchRows = 1024;

    private double _worst;
    private long _rows;

    /// <summary>Rows at the edges.</summary>
    /// <exception cref="StepFailed">A score differs; names row and class.</exception>
    public void Hard(HardRows rows) => Compare(rows.Inputs, rows.Unscaled, rows.Names.Count, row => rows.Names[row]);

    /// <summary>The first rows of some shards.</summary>
    /// <exception cref="StepFailed">A score differs; names shard, row and class.</exception>
    public void Rows(StepRun run, IReadOnlyList<Artifact> shards, (FeatureSettings Features, FeatureScaling Scaling) of, long most)
    {
        var inputs = new CandidateInputs(of.Features, of.Scaling, ours.Shape.Inputs);
        foreach (Artifact shard in shards)
        {
            using TupleShardReader reader = run.Stream<TupleShardReader>(shard);
            long first = 0, left = Math.Min(reader.Rows, most - _rows);
            foreach (Batch rows in left > 0 ? reader.Batches((0, left), BatchRows) : [])
            {
                run.Cancellation.ThrowIfCancellationRequested();
                long before = first;
                float[] unscaled = scalesInside ? ScaledFeatures.Unscaled(rows, of.Features.Inputs, of.Scaling) : [];
                Compare(inputs.Of(rows, row => (shard.Path, before + row)), unscaled, rows.Rows, row => $"row {before + row} of {shard.Path}");
                first += rows.Rows;
                _rows += rows.Rows;
                run.Progress.Report(new Progress(_rows, most, "rows", $"largest difference {_worst:0.0e+0}"));
            }
        }
    }

    private void Compare(IReadOnlyList<InputRows> inputs, float[] unscaled, int rows, Func<int, string> nameOf)
    {
        InputRows tau = inputs[0];
        IReadOnlyList<InputRows> given = scalesInside ? [tau with { Values = unscaled }, .. inputs.Skip(1)] : inputs;
        float[] expected = ours.Predict(inputs, rows), found = exported.Predict(given, rows);
        for (int at = 0; at < expected.Length; at++)
        {
            double difference = Math.Abs((double)expected[at] - found[at]);
            if (!(difference <= Tolerance)) // a NaN is no agreement
                throw StageErrors.OtherScore(nameOf(at / ours.Shape.Outputs), at % ours.Shape.Outputs, expected[at], found[at]);
            _worst = Math.Max(_worst, difference);
        }
    }
}
