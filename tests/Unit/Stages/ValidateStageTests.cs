using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class ValidateStageTests : IDisposable
{
    private readonly StageBench _bench = new();
    private const string Yaml =
        "shuffle_merge: { groups: { all: { datasets: [DY], types: [tau, jet] } }, tau_ratio: { tau: 1, jet: 1 } }\nvalidate: { chunks: 2 }";

    private readonly SamplingFlow _flow = new(Yaml);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void An_event_that_is_trained_on_and_tested_stops_the_chain_and_its_numbers_stay()
    {
        PutMixed(alternating: true);
        PutApplied("test", "DY", firstEvent: 399); // the last train event

        _bench.Run(Step("measure"));

        _bench.Get(ValidateStage.Validation(_flow.Training)).Leaks.ShouldBe([new Leak("train", "DY", "test", "DY", 1, 1, 399)]);
        Should.Throw<StepFailed>(() => _bench.Run(Step("gate"))).Message.ShouldContain("event 399");
    }

    [Fact]
    public void The_same_candidate_of_another_dataset_stops_the_chain_which_names_both()
    {
        PutMixed(alternating: true);
        PutApplied("test", "QCD", firstEvent: 399);

        _bench.Run(Step("measure"));

        _bench.Get(ValidateStage.Validation(_flow.Training)).Leaks.ShouldBe([new Leak("train", "DY", "test", "QCD", 1, 1, 399)]);
        string message = Should.Throw<StepFailed>(() => _bench.Run(Step("gate"))).Message;
        message.ShouldContain("event 399 of datasets 'DY' and 'QCD'");
        message.ShouldContain("same_events: GROUP");
    }

    [Fact]
    public void An_event_of_another_dataset_that_holds_the_same_ones_stops_the_chain_whatever_its_candidates()
    {
        var flow = new SamplingFlow(
            Yaml,
            Campaigns.Dataset("DY") with
            {
                SameEvents = "Z",
            },
            Campaigns.Dataset("QCD", 1) with
            {
                SameEvents = "Z",
            });
        PutMixed(alternating: true);
        PutApplied("test", "QCD", firstEvent: 399, pt: 31);

        _bench.Run(flow.Validate.Steps().Single(step => step.Key == "measure"));

        _bench.Get(ValidateStage.Validation(flow.Training)).Leaks.ShouldBe([new Leak("train", "DY", "test", "QCD", 1, 1, 399)]);
    }

    [Fact]
    public void Folds_are_looked_at_one_by_one()
    {
        var flow = new SamplingFlow(Yaml + "\nsplit: { folds: 3 }");
        foreach (Training training in flow.Parts.Trainings)
            foreach ((string sample, ulong first) in new[] { (SplitSettings.Train, 0ul), (SplitSettings.Validation, 1000ul) })
                _bench.Put(flow.Mix.Mixed.Of(training, sample).Single(), Mixed(alternating: true, first));
        // Fold 1 is applied to by the training of its name alone, and by no other.
        foreach (PartShard shard in flow.Parts.Parts.SelectMany(flow.Split.Shards.Part))
            _bench.Put(shard.Shard, ShardRows.Of([]).WithKinematics());
        _bench.Put(flow.Split.Shards.Part("fold1")[0].Shard, ShardRows.Of([StandardClasses.Tau], 399).WithKinematics());

        foreach (Step measure in flow.Validate.Steps().Where(step => step.Key.EndsWith("measure", StringComparison.Ordinal)))
            _bench.Run(measure);

        flow.Parts.Trainings.Select(training => _bench.Get(ValidateStage.Validation(training)).Leaks.Count).ShouldBe([0, 1, 0]);
    }

    [Fact]
    public void The_same_event_numbers_of_another_dataset_pass()
    {
        PutMixed(alternating: true);
        PutApplied("test", "QCD", firstEvent: 399, pt: 31);

        _bench.Run(Step("measure"));
        _bench.Run(Step("gate"));

        _bench.Get(ValidateStage.Passed(_flow.Training)).ShouldBe(new PassedFile());
    }

    [Fact]
    public void Rows_in_order_of_their_type_stop_the_chain()
    {
        PutMixed(alternating: false);

        _bench.Run(Step("measure"));

        // Two chunks, of taus alone and of jets alone, by class: all tests that there are.
        string message = Should.Throw<StepFailed>(() => _bench.Run(Step("gate"))).Message;
        message.ShouldContain("tau_type, chunk 0, chi2: p = ");
        message.ShouldContain("tau_type, chunk 1, chi2: p = ");
        message.ShouldContain("2 of 2 tests");
        message.ShouldContain("validate/index.html");
        string page = ValidationPage.Html(_flow.Training, _bench.Get(ValidateStage.Validation(_flow.Training)));
        page.ShouldContain("The gate before training is not passed.");
        page.ShouldContain("tau_type: chunk 0");
    }

    [Fact]
    public void Datasets_in_order_within_a_group_stop_the_chain_which_names_the_group()
    {
        const string OneGroup = "shuffle_merge: { groups: { all: { datasets: [DY, QCD], types: [tau, jet] } }, tau_ratio: { tau: 1, jet: 1 } }\n"
            + "validate: { chunks: 2, least_expected: 5 }";
        var flow = new SamplingFlow(OneGroup);
        PutMixed(alternating: true);
        int[] datasets = [.. Enumerable.Range(0, 400).Select(i => i < 200 ? 0 : 1)];
        _bench.Put(
            _flow.Mix.Mixed.Of(_flow.Training, SplitSettings.Train).Single(),
            ShardRows.Of([.. Enumerable.Repeat(StandardClasses.Tau, 400)]).WithKinematics()
                .With(new Column<int>(CandidateColumns.Dataset, datasets)));

        _bench.Run(flow.Validate.Steps().Single(step => step.Key == "measure"));

        _bench.Get(ValidateStage.Validation(flow.Training)).Tests.Select(test => test.Distribution).Distinct()
            .ShouldBe(["dataset", "dataset of group all"]);
    }

    [Fact]
    public void Weights_negative_or_not_do_not_enter()
    {
        PutMixed(alternating: true);
        _bench.Run(Step("measure"));
        ValidationFile plain = _bench.Get(ValidateStage.Validation(_flow.Training));
        Batch rows = Mixed(alternating: true, 0);
        _bench.Put(
            _flow.Mix.Mixed.Of(_flow.Training, SplitSettings.Train).Single(),
            rows.Only(rows.Columns.Select(column => column.Spec.Name).Where(name => name != CandidateColumns.Weight))
                .With(new Column<float>(CandidateColumns.Weight, Enumerable.Range(0, 400).Select(i => i < 200 ? 1f : -1f).ToArray())));

        _bench.Run(Step("measure"));

        _bench.Get(ValidateStage.Validation(_flow.Training)).Tests.ShouldBe(plain.Tests);
    }

    private Step Step(string key) => _flow.Validate.Steps().Single(step => step.Key == key);

    // Train events 0 to 399, validation from 1000; nothing is applied to unless a test says so.
    private void PutMixed(bool alternating)
    {
        foreach ((string sample, ulong first) in new[] { (SplitSettings.Train, 0ul), (SplitSettings.Validation, 1000ul) })
            _bench.Put(_flow.Mix.Mixed.Of(_flow.Training, sample).Single(), Mixed(alternating, first));
        foreach (PartShard shard in _flow.Training.Apply.SelectMany(_flow.Split.Shards.Part))
            _bench.Put(shard.Shard, ShardRows.Of([]).WithKinematics());
    }

    private static Batch Mixed(bool alternating, ulong firstEvent)
    {
        TauClass[] types =
        [
            .. Enumerable.Range(0, 400).Select(i => (alternating ? i % 2 == 0 : i < 200) ? StandardClasses.Tau : StandardClasses.Jet),
        ];
        return ShardRows.Of(types, firstEvent).WithKinematics().With(ScoredBatch.Constant(CandidateColumns.Dataset, 0, 400));
    }

    private void PutApplied(string part, string dataset, ulong firstEvent, float pt = 30) => _bench.Put(
        _flow.Split.Shards.Part(part).Single(shard => shard.Dataset.Name == dataset).Shard,
        ShardRows.Of([StandardClasses.Tau], firstEvent, _ => pt).WithKinematics());
}
