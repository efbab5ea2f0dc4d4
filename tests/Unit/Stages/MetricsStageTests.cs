using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class MetricsStageTests : IDisposable
{
    private readonly StageBench _bench = new();
    private readonly ScoredFlow _flow = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Each_row_of_the_test_part_is_in_a_pair_or_in_the_ledger_with_its_reason()
    {
        Put(0, [StandardClasses.Tau, StandardClasses.Tau, StandardClasses.Electron], i => i == 1 ? 10 : 30, [0.9f, 0.9f, 0.1f]);
        Put(1, [StandardClasses.Jet, StandardClasses.Tau], _ => 30, [0.2f, 0.9f]);

        MetricsStage stage = Stage();
        StepRun run = _bench.Run(stage.Steps().Single());

        run.Rows.Lines.Where(line => line.Fate == RowFate.Dropped).ShouldBe(
        [
            new(RowFate.Dropped, "in no evaluation pair", "e", 1, 1),
            new(RowFate.Dropped, "in no evaluation pair", "tau", 1, 1),
            new(RowFate.Dropped, "not selected for evaluation", "tau", 1, 1),
        ]);
        Performance performance = _bench.Get(stage.Performance).Performance;
        RocEntry curve = performance.RocCurve.Single();
        (curve.Signal, curve.Background, curve.AucScore).ShouldBe((1, 1, 1.0));
        (curve.Denominator.Sample, curve.Denominator.Selection).ShouldBe(("test rows: DY against QCD", "tau_pt > 20"));
        // Rows of true e, mu, tau, jet: one tau named tau; the jet's largest score is jet's 0.5.
        performance.Confusion.Single().Rows.ShouldBe([[0L, 0, 0, 0], [0L, 0, 0, 0], [0L, 0, 1, 0], [0L, 0, 0, 1]]);
        File.ReadAllLines(_bench.At(stage.Summaries)).Length.ShouldBe(2);
    }

    // Data of one dataset, data and taus of the other: of five selected data rows one has no score and one an infinite one.
    [Fact]
    public void Rows_without_truth_are_distributed_over_bins_and_leave_no_curve()
    {
        Put(0, [StandardClasses.Data, StandardClasses.Data, StandardClasses.Data, StandardClasses.Data], i => i == 3 ? 10 : 30,
            [0.9f, 0.3f, 0.3f, 0.1f], [0.9f, float.NaN, 0.3f, 0.1f]);
        Put(1, [StandardClasses.Tau, StandardClasses.Data, StandardClasses.Data], _ => 30, [0.9f, 0.6f, 0.6f],
            [0.9f, float.PositiveInfinity, -0.5f]);

        MetricsStage stage = Stage("discriminators: { stored: { title: Stored, scores: { jet: raw } } }");
        StepRun run = _bench.Run(stage.Steps().Single());

        Performance performance = _bench.Get(stage.Performance).Performance;
        performance.RocCurve.ShouldBeEmpty();
        performance.Distributions.Select(one => (one.Discriminator, one.VsType, one.Dataset, one.Class, one.Sample, one.Selection))
            .ShouldBe([
                ("stored", "jet", "DY", "data", "test rows", "tau_pt > 20"), ("stored", "jet", "QCD", "data", "test rows", "tau_pt > 20"),
            ]);
        DistributionEntry dy = performance.Distributions[0], qcd = performance.Distributions[1];
        (dy.Missing, dy.Infinite, qcd.Missing, qcd.Infinite).ShouldBe((1, 0, 0, 1));
        // -0.5 to 0.9 in at most 100 bins: 1/64 would give 90.
        (dy.Edges[0], dy.Edges[^1], dy.Edges.Count).ShouldBe((-0.5, 58 / 64.0, 91));
        qcd.Edges.ShouldBe(dy.Edges);
        Filled(dy).ShouldBe([0.3f, 0.9f]);
        Filled(qcd).ShouldBe([-0.5f]);
        run.Rows.Lines.Where(line => line is { Class: "data", Fate: RowFate.Out }).Sum(line => line.Rows).ShouldBe(5);
        run.Rows.Lines.Single(line => line is { Class: "data", Fate: RowFate.Dropped })
            .ShouldBe(new(RowFate.Dropped, "not selected for evaluation", "data", 1, 1));

        // The values of which one stands in each bin that is not empty.
        static float[] Filled(DistributionEntry entry) =>
        [
            .. new[] { -0.5f, 0.1f, 0.3f, 0.6f, 0.9f }.Where(value => entry.Counts.Where(
                (count, i) => count == 1 && entry.Edges[i] <= value && value < entry.Edges[i + 1]).Any()),
        ];
    }

    private MetricsStage Stage(string discriminators = "")
    {
        ConfigBlock root = Campaigns.Root($$"""
            definitions: { selection: tau_pt > 20 }
            evaluation: [{ name: a, against: jet, signal: { DY: [tau] }, background: { QCD: [jet] } }]
            {{discriminators}}
            """);
        MetricsSettings settings = MetricsSettings.Read(
            root.Block("metrics"),
            "test",
            DiscriminatorSettings.Read(root, ClassSettings.Standard),
            EvaluationSettings.Read(root, root.Block("definitions"), _flow.Sampling.Datasets, ClassSettings.Standard));
        Campaigns.MistakesOf(root).ShouldBeEmpty();
        return new MetricsStage(_flow.Apply.Scores, null, _flow.Sampling.Parts, settings);
    }

    private void Put(int dataset, TauClass[] types, Func<int, float> pt, float[] tau, float[]? raw = null) =>
        _bench.Put(
            _flow.Apply.Scores.Part("test")[dataset].Shard,
            ShardRows.Of(types, pt: pt)
                .With([
                    ScoredBatch.Constant(CandidateColumns.Weight, 1f, types.Length),
                    ScoredBatch.Constant(CandidateColumns.DecayMode, 1, types.Length),
                    new Column<float>("raw", raw ?? tau),
            .. StandardClasses.Scheme.Trained.Select(CandidateColumns.Score)
                .Select(name =>
                    name == "score_tau"
                        ? new Column<float>(name, tau)
                        : ScoredBatch.Constant(name, name == "score_jet" ? 0.5f : 0f, types.Length)),
        ]));
}
