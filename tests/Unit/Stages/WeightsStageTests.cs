using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class WeightsStageTests : IDisposable
{
    private const string Groups =
        "shuffle_merge: { groups: { all: { datasets: [DY], types: [tau, jet] } }, tau_ratio: { tau: 1, jet: 1 } }";

    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Weighted_jets_have_the_spectrum_of_taus_and_taus_weigh_1()
    {
        Batch rows = ShardRows.Of(SamplingFlow.TausAndJets(300, 700), pt: i => 21 + i % 70);

        SamplingFlow flow = Weigh(Groups + "\nbinning: { pt: [20, 30, 50, 1000], abs_eta: [0, 2.3] }", rows, rows);

        float[] weights =
        [
            .. _bench.Rows(WeightsStage.Rows(flow.Training, SplitSettings.Train)).Flat<float>(CandidateColumns.Weight).ToArray(),
        ];
        weights.Take(300).ShouldAllBe(weight => weight == 1);
        foreach ((double low, double high) in new[] { (20.0, 30.0), (30, 50), (50, 1000) })
        {
            double taus = Sum(StandardClasses.Tau, low, high), jets = Sum(StandardClasses.Jet, low, high);
            jets.ShouldBe(taus, 1e-3);
        }

        double Sum(TauClass type, double low, double high) => Enumerable.Range(0, rows.Rows)
            .Where(i =>
                rows.Flat<int>(CandidateColumns.Type)[i] == type.Index
                && rows.Flat<float>(CandidateColumns.Pt)[i] >= low
                && rows.Flat<float>(CandidateColumns.Pt)[i] < high)
            .Sum(i => (double)weights[i]);
    }

    [Fact]
    public void Validation_rows_take_the_weights_of_the_train_rows()
    {
        Batch train = ShardRows.Of(SamplingFlow.TausAndJets(100, 400)),
            validation = ShardRows.Of(SamplingFlow.TausAndJets(10, 10), firstEvent: 9000);

        SamplingFlow flow = Weigh(Groups + "\nbinning: { pt: [20, 1000], abs_eta: [0, 2.3] }", train, validation);

        float[] weights =
        [
            .. _bench.Rows(WeightsStage.Rows(flow.Training, SplitSettings.Validation)).Flat<float>(CandidateColumns.Weight).ToArray(),
        ];
        weights.ShouldBe([.. Enumerable.Repeat(1f, 10), .. Enumerable.Repeat(0.25f, 10)]);
    }

    [Fact]
    public void Rows_may_weigh_as_their_events_do_and_training_says_what_it_does_where_that_is_negative()
    {
        Batch rows = Negative();
        const string Times = Groups + "\nbinning: { pt: [20, 1000], abs_eta: [0, 2.3] }\nweights: { times: event, negative_weights: ";

        Train(Times + "absolute }").ShouldBe([1, 2, 1, 2]);
        Train(Times + "keep }").ShouldBe([1, -2, 1, -2]);

        float[] Train(string yaml) =>
            _bench.Rows(WeightsStage.Rows(Weigh(yaml, rows, rows).Training, SplitSettings.Train))
                .Flat<float>(CandidateColumns.Weight)
                .ToArray();
    }

    [Fact]
    public void Negative_weights_are_refused_unless_a_campaign_says_what_to_do()
    {
        StepFailed error = Should.Throw<StepFailed>(() =>
            Weigh(Groups + "\nbinning: { pt: [20, 1000], abs_eta: [0, 2.3] }\nweights: { times: event }", Negative(), Negative()));

        error.Text.Title.ShouldContain("a training weight is negative");
        error.Text.Advice!.ShouldContain("negative_weights");
    }

    // Two taus and two jets, one bin: every row of the bin weighs 1, and every second event -2.
    private static Batch Negative() =>
        ShardRows.Of(SamplingFlow.TausAndJets(2, 2)).With(new Column<float>(CandidateColumns.Weight, new float[] { 1, -2, 1, -2 }));

    [Fact]
    public void An_empty_bin_of_a_class_is_an_error_that_names_the_bin()
    {
        Batch rows = ShardRows.Of(SamplingFlow.TausAndJets(100, 100));

        StepFailed error = Should.Throw<StepFailed>(() =>
            Weigh(Groups + "\nbinning: { pt: [20, 50, 1000], abs_eta: [0, 2.3] }", rows, rows));

        error.Message.ShouldContain("pt 50-1000, abs eta 0-2.3");
    }

    [Fact]
    public void Without_reweighting_all_weigh_1()
    {
        Batch rows = ShardRows.Of(SamplingFlow.TausAndJets(10, 40));

        SamplingFlow flow = Weigh(Groups + "\nweights: { kind: none }", rows, rows);

        _bench.Rows(WeightsStage.Rows(flow.Training, SplitSettings.Train))
            .Flat<float>(CandidateColumns.Weight)
            .ToArray()
            .ShouldAllBe(weight => weight == 1);
    }

    [Fact]
    public void Rows_that_no_network_is_trained_on_weigh_1_and_need_no_full_bins()
    {
        Batch rows = ShardRows.Of(SamplingFlow.TausAndJets(3, 0));

        SamplingFlow flow = Weigh(
            Groups + "\nbinning: { pt: [20, 50, 1000], abs_eta: [0, 2.3] }",
            rows,
            rows,
            noTraining: "all rows to train on are of class tau");

        _bench.Rows(WeightsStage.Rows(flow.Training, SplitSettings.Train))
            .Flat<float>(CandidateColumns.Weight)
            .ToArray()
            .ShouldBe([1, 1, 1]);
    }

    private SamplingFlow Weigh(string yaml, Batch train, Batch validation, string? noTraining = null)
    {
        var flow = new SamplingFlow(yaml);
        _bench.Put(flow.Mix.Mixed.Of(flow.Training, SplitSettings.Train).Single(), train);
        _bench.Put(flow.Mix.Mixed.Of(flow.Training, SplitSettings.Validation).Single(), validation);
        _bench.Put(ValidateStage.Passed(flow.Training), new PassedFile());
        _bench.Put(flow.Mix.Mixed.Yields(flow.Training), new YieldFile([]) { NoTraining = noTraining });
        _bench.Run(flow.Weights.Steps().Single());
        return flow;
    }
}
