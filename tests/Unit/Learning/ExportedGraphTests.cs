using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Onnx;
using TauPipeline.Physics;
using TauPipeline.Statistics;
using TauPipeline.Tests.Unit.Tensors;
using Xunit;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>Graphs against our own scores, as run by ONNX Runtime, which nobody here wrote.</summary>
[Collection(TensorFixture.Collection)]
public sealed class ExportedGraphTests : IDisposable
{
    private const float Tolerance = 1e-5f;

    private readonly string _folder = Directory.CreateTempSubdirectory("tau-").FullName;
    private int _trainings;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TensorFact]
    public void A_flat_network_s_graph_gives_its_scores()
    {
        foreach (
            FlatNetworkShape shape in (FlatNetworkShape[])
                [new(7, [20, 10], 3, 0.2, true, "prelu"), new(7, [9], 3, 0, false, "relu"), new(7, [], 3, 0, true, "relu")])
        {
            TrainedModel model = Trained(shape, new Samples(300, 7, 3, 11));
            TrainingBatch rows = new Samples(1500, 7, 3, 12).All;

            Run(NetworkGraphs.Of(model, null).ShouldHaveSingleItem(), rows.Inputs, rows.Rows)
                .ShouldBe(model.Predict(rows.Inputs, rows.Rows), Tolerance);
        }
    }

    [TensorFact]
    public void A_graph_that_scales_gives_the_scores_of_scaled_rows()
    {
        TrainedModel model = Trained(new FlatNetworkShape(7, [12], 3, 0, true, "prelu"), new Samples(300, 7, 3, 11));
        FeatureScale[] scales = Scales();
        float[] bad = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0, -3, 1e30f, -1e30f, 2, 17, 23];
        var raw = new float[700 * 7];
        var random = new CounterRandom(3, 4);
        for (int i = 0; i < raw.Length; i++) raw[i] = random.NextDouble() < 0.7 ? (float)random.NextNormal() * 5 : bad[i % bad.Length];
        for (int i = 4; i < raw.Length; i += 7) if (!float.IsFinite(raw[i])) raw[i] = 1; // a category is always a number
        float[] scaled = [.. raw];
        for (int i = 0; i < raw.Length; i++) scales[i % 7].Apply(scaled.AsSpan(i, 1), scaled.AsSpan(i, 1));
        // Under this policy a missing value is 0 before scaling, which who feeds the graph has to say: NaN there is what does not count.
        for (int i = 3; i < raw.Length; i += 7) if (float.IsNaN(raw[i])) raw[i] = 0;

        ExportedGraph graph = NetworkGraphs.Of(model, scales).ShouldHaveSingleItem();

        Run(graph, Tau(raw), 700).ShouldBe(model.Predict(Tau(scaled), 700), Tolerance);
        float[] twice = Run(graph, Tau(scaled), 700), once = model.Predict(Tau(scaled), 700);
        twice.Zip(once, (one, other) => Math.Abs(one - other)).Max().ShouldBeGreaterThan(0.1f); // it does scale
    }

    [TensorFact]
    public void A_grid_network_s_graphs_give_its_scores_whole_and_in_parts()
    {
        foreach (string activation in LayerStack.Activations)
        {
            GridNetworkShape shape = GridSamples.Tiny(activation: activation);
            TrainedModel model = Trained(shape, new Fixed(GridSamples.Rows(shape, 64, 3)));
            TrainingBatch rows = GridSamples.Rows(shape, 40, 5, most: 20);
            float[] expected = model.Predict(rows.Inputs, rows.Rows);

            IReadOnlyList<ExportedGraph> graphs = NetworkGraphs.Of(model, null);

            graphs.Select(one => one.Name).ShouldBe(["model", "inner", "outer", "core"]);
            Run(graphs[0], rows.Inputs, rows.Rows).ShouldBe(expected, Tolerance);
            Core(graphs, shape, rows).ShouldBe(expected, Tolerance);
        }
    }

    [TensorFact]
    public void What_cannot_be_exported_is_refused()
    {
        GridNetworkShape shape = GridSamples.Tiny();
        TrainedModel grids = Trained(shape, new Fixed(GridSamples.Rows(shape, 20, 3)));

        Should.Throw<StepFailed>(() => NetworkGraphs.Of(grids, Scales())).Message.ShouldContain("scale");
        SetNetworkShape sets = SetSamples.DeepSets();
        TrainedModel lists = Trained(sets with { Heads = null }, new Fixed(SetSamples.Rows(sets with { Heads = null }, 20, 3)));
        Should.Throw<StepFailed>(() => NetworkGraphs.Of(lists, null)).Text.Facts.Single().Value.ShouldContain("lists of objects");
        var headed = new FlatNetworkShape(7, [3], 3, 0, true, "relu") { Heads = [new("mode", 2)] };
        TrainingBatch rows = new Samples(20, 7, 3, 11).All with { Targets = [new int[20]] };
        TrainedModel heads = Trainer.Fit(
            headed, new Fixed(rows), new Fixed(rows), new() { Epochs = 1, Seed = 1, Threads = 1, Heads = [new(1, [])] },
            new(Path.Combine(_folder, "heads"))).Model;
        heads.Predict(rows.Inputs, 20).Length.ShouldBe(20 * 5); // any network has heads
        Should.Throw<StepFailed>(() => NetworkGraphs.Of(heads, null)).Text.Facts.Single().Value.ShouldContain("heads");
        Should.Throw<StepFailed>(() => NetworkGraphs.Of(TrainedModel.WithoutTraining(shape, "no row is left to train on"), null))
            .Message.ShouldContain("no row is left to train on");
    }

    // Cells one by one, empty ones by the vector that goes with the graph, and the core on all of them.
    private static float[] Core(IReadOnlyList<ExportedGraph> graphs, GridNetworkShape shape, TrainingBatch rows)
    {
        var inputs = new Dictionary<string, (float[], long[])> { ["tau"] = (rows.Inputs[0].Values, [rows.Rows, shape.TauFeatures]) };
        foreach ((GridPart grid, ExportedGraph graph) in shape.Grids.Zip(graphs.Skip(1)))
        {
            InputRows[] filled = [.. rows.Inputs.Where(input => grid.Inputs.Contains(input.Shape))];
            using OnnxSession session = Session(graph);
            float[] channels = session.Run(
                filled.ToDictionary(
                    input => input.Shape.Name, input => (input.Values, new long[] { input.Cells.Length, input.Shape.Features })),
                grid.Name);
            int width = graph.EmptyCell.Count, cells = grid.Inputs[0].Cells;
            channels.Length.ShouldBe(filled[0].Cells.Length * width);
            var all = new float[rows.Rows * cells * width];
            for (int cell = 0; cell < rows.Rows * cells; cell++) graph.EmptyCell.ToArray().CopyTo(all.AsSpan(cell * width));
            for (int row = 0; row < rows.Rows; row++)
                for (int at = filled[0].Offsets[row]; at < filled[0].Offsets[row + 1]; at++)
                    channels.AsSpan(at * width, width).CopyTo(all.AsSpan((row * cells + filled[0].Cells[at]) * width));
            inputs[grid.Name] = (all, [rows.Rows, grid.Inputs[0].EtaCells, grid.Inputs[0].PhiCells, width]);
        }
        using OnnxSession core = Session(graphs[^1]);
        return core.Run(inputs, ExportedGraph.Probabilities);
    }

    private static float[] Run(ExportedGraph graph, IReadOnlyList<InputRows> inputs, int rows)
    {
        using var model = new OnnxPredictor(Bytes(graph), graph.Name, ExportedGraph.Probabilities);
        return model.Predict(inputs, rows);
    }

    private static OnnxSession Session(ExportedGraph graph) => new(Bytes(graph), graph.Name);

    private static byte[] Bytes(ExportedGraph graph)
    {
        byte[] bytes = graph.ToBytes(new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" });
        bytes.ShouldBe(graph.ToBytes(new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" }));
        return bytes;
    }

    private static IReadOnlyList<InputRows> Tau(float[] values) => [new(new(InputShape.Tau, 7), values)];

    // A few batches, so that running moments and slopes are not as they begin.
    private TrainedModel Trained(NetworkShape shape, ITrainingSource rows) => Trainer.Fit(
        shape, rows, rows, new() { Epochs = 3, BatchSize = 64, LearningRate = 0.05, Seed = 1, Threads = 1 },
        new(Path.Combine(_folder, $"{_trainings++}"))).Model;

    // One feature of each kind of scaling and each policy on what is not finite.
    private static FeatureScale[] Scales()
    {
        Moments moments = Moments.Of([1.0, 2, 3, 6]);
        return
        [
            FeatureScale.Normal("normal", ConstituentCone.Global, moments, (-5, 5)) with { NonFinite = NonFinite.Clamp, Pad = 0.5 },
            FeatureScale.Normal("padded", ConstituentCone.Global, moments, (-2, 2)) with { NonFinite = NonFinite.Pad, Pad = -0.25 },
            FeatureScale.Linear("linear", ConstituentCone.Global, -3, 9),
            FeatureScale.Normal("zeroed", ConstituentCone.Global, moments, (-5, 5)) with { NonFinite = NonFinite.Zero },
            FeatureScale.Identity("as it is"),
            FeatureScale.Normal("never varies", ConstituentCone.Global, Moments.Of([4.0, 4, 4]), (-5, 5)),
            FeatureScale.Linear("other", ConstituentCone.Global, 0, 1) with { NonFinite = NonFinite.Pad },
        ];
    }

    private sealed class Fixed(TrainingBatch batch) : ITrainingSource
    {
        public long Rows => batch.Rows;

        public IEnumerable<TrainingBatch> Batches(int epoch, BatchCut cut, int done = 0) => [.. new[] { batch }.Skip(done)];
    }
}
