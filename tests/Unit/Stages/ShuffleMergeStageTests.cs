using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class ShuffleMergeStageTests : IDisposable
{
    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_type_that_no_group_wants_is_dropped_and_said_so()
    {
        // QCD's taus are wanted by none.
        RowLedger ledger = Mix(
            "taus: { datasets: [DY], types: [tau] }, jets: { datasets: [QCD], types: [jet] }",
            "tau: -1, jet: -1",
            out Batch mixed);

        Lines(ledger, RowFate.Dropped, "type not wanted by any group").ShouldBe([("jet", 20), ("tau", 10)]);
        Lines(ledger, RowFate.In, "").ShouldBe([("jet", 110), ("tau", 60)]);
        mixed.Rows.ShouldBe(50 + 90);
    }

    [Fact]
    public void A_row_that_two_groups_want_comes_in_once_and_is_repeated_once()
    {
        RowLedger ledger = Mix(
            "one: { datasets: [DY], types: [tau] }, two: { datasets: [DY, QCD], types: [tau, jet] }",
            "tau: -1, jet: -1",
            out Batch mixed);

        Lines(ledger, RowFate.Repeated, "wanted by more than one group").ShouldBe([("tau", 50)]);
        Lines(ledger, RowFate.In, "").ShouldBe([("jet", 110), ("tau", 60)]);
        mixed.Rows.ShouldBe(170 + 50);
    }

    [Fact]
    public void Rows_know_their_dataset_and_each_comes_out_as_it_went_in()
    {
        Mix("all: { datasets: [DY, QCD], types: [tau, jet] }", "tau: -1, jet: -1", out Batch mixed);

        ulong[] events = [.. mixed.Flat<ulong>(CandidateColumns.Evt).ToArray()];
        int[] datasets = [.. mixed.Flat<int>(CandidateColumns.Dataset).ToArray()];
        events.Zip(datasets).ShouldAllBe(row => row.Second == (row.First < 1000 ? 0 : 1));
        events.Distinct().Count().ShouldBe(170);
        events.SequenceEqual(events.Order()).ShouldBeFalse(); // shuffled
    }

    [Fact]
    public void A_group_without_one_of_its_types_is_an_error_that_names_it()
    {
        StepFailed error = Should.Throw<StepFailed>(() => Mix("muons: { datasets: [DY], types: [mu] }", "mu: -1", out _));

        error.Text.Title.ShouldContain("group 'muons'");
        error.Text.Title.ShouldContain("'mu'");
    }

    [Fact]
    public void The_numbers_of_its_datasets_and_the_order_of_its_groups_count_and_what_it_does_not_mix_does_not()
    {
        const string One = "one: { datasets: [DY], types: [tau] }", Two = "two: { datasets: [DY], types: [jet] }";
        SamplingFlow flow = Flow($"{One}, {Two}", "tau: -1, jet: -1"), swapped = Flow($"{Two}, {One}", "tau: -1, jet: -1");
        Dataset dy = flow.Datasets[0], qcd = flow.Datasets[1];

        string first = Hash([dy, qcd], flow);
        Hash([qcd with { Index = 0 }, dy with { Index = 1 }], flow).ShouldNotBe(first);
        Hash([dy, qcd], swapped).ShouldNotBe(first);
        Hash([dy], flow).ShouldBe(first);

        static string Hash(IReadOnlyList<Dataset> datasets, SamplingFlow flow) =>
            new ShuffleMergeStage(datasets, flow.Split.Shards, flow.Parts, flow.Mixing)
                .Steps()
                .Single(step => step.Key == SplitSettings.Train)
                .Settings.Hash()
                .ToString();
    }

    private static SamplingFlow Flow(string groups, string ratios) =>
        new(
            $"shuffle_merge: {{ groups: {{ {groups} }}, tau_ratio: {{ {ratios} }}, thinning: none, block_rows: 7 }}\nbinning: {{ pt: [20, 1000], abs_eta: [0, 2.3] }}"
        );

    private static (string, long)[] Lines(RowLedger ledger, RowFate fate, string reason) =>
        [.. ledger.Lines.Where(line => line.Fate == fate && line.Reason == reason).Select(line => (line.Class, line.Rows))];

    // DY: 50 taus and 20 jets, events from 0; QCD: 10 taus and 90 jets, events from 1000. All kept, none thinned.
    private RowLedger Mix(string groups, string ratios, out Batch mixed)
    {
        SamplingFlow flow = Flow(groups, ratios);
        _bench.Put(flow.Split.Shards.Files[0].Parts[SplitSettings.Train], ShardRows.Of(SamplingFlow.TausAndJets(50, 20)));
        _bench.Put(flow.Split.Shards.Files[1].Parts[SplitSettings.Train], ShardRows.Of(SamplingFlow.TausAndJets(10, 90), firstEvent: 1000));
        foreach (Step step in flow.Spectrum.Steps().Where(step => step.Key.StartsWith("train/", StringComparison.Ordinal)))
            _bench.Run(step);
        StepRun run = _bench.Run(flow.Mix.Steps().Single(step => step.Key == SplitSettings.Train));
        mixed = _bench.Rows(flow.Mix.Mixed.Of(flow.Training, SplitSettings.Train).Single());
        return run.Rows;
    }
}
