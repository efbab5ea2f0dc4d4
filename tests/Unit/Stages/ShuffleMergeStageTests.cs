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

    [Theory]
    [InlineData("even", 0)]
    [InlineData("odd", 1)]
    public void Of_one_parity_there_are_only_such_events_and_the_others_are_told_of(string parity, int rest)
    {
        RowLedger ledger = Mix(All, "tau: -1, jet: -1", out Batch mixed, $", parity: {parity}");

        mixed.Flat<ulong>(CandidateColumns.Evt).ToArray().Count(number => (int)(number % 2) == rest).ShouldBe(85);
        mixed.Rows.ShouldBe(85);
        Lines(ledger, RowFate.Dropped, EventParity.Reason).Sum(line => line.Item2).ShouldBe(85);
    }

    [Fact]
    public void Rows_have_the_numbers_of_their_names_if_asked_for_and_the_names_are_in_tables()
    {
        const string groups = "one: { datasets: [DY], types: [tau] }, two: { datasets: [QCD], types: [jet] }";
        Mix(groups, "tau: -1, jet: -1", out Batch mixed, ", name_ids: yes");

        ulong[] datasets = mixed.Flat<ulong>("dataset_id").ToArray(), ids = mixed.Flat<ulong>("dataset_group_id").ToArray();
        ulong[] events = mixed.Flat<ulong>(CandidateColumns.Evt).ToArray();
        for (int row = 0; row < mixed.Rows; row++)
        {
            bool isQcd = events[row] >= 1000;
            datasets[row].ShouldBe(isQcd ? 9072256947540860514 : 10918959937480734963); // of data-preparation 3
            ids[row].ShouldBe(NameHash.Of(isQcd ? "two" : "one"));
        }
        File.ReadAllText(_bench.At(ShuffleMergeStage.DatasetNames)).ShouldContain("\"DY\": \"10918959937480734963\"");
        _bench.Get(ShuffleMergeStage.GroupNames).Numbers.Keys.Order().ShouldBe(["one", "two"]);
    }

    [Fact]
    public void Every_row_of_every_group_is_accounted_for()
    {
        const string groups = "taus: { datasets: [DY], types: [tau] }, jets: { datasets: [DY, QCD], types: [jet] }";
        Mix(groups, "tau: -1, jet: -1", out Batch mixed, ", max_entries: 60");

        MixAccountsFile accounts = _bench.Get(ShuffleMergeStage.AccountsOf(Artifact.Product("shuffle_merge/train.h5")));
        accounts.Groups.Select(group => (group.Group, group.Given)).ShouldBe([("taus", 70), ("jets", 170)]);
        accounts.Groups.ShouldAllBe(group => group.Lines.Sum(line => line.Rows) == group.Given);
        accounts.Groups[0].Lines.Single(line => line.Class == "jet").ShouldBe(new MixAccount("jet", "type not wanted in its group", 20));
        Rows("accepted").ShouldBe(60);
        Rows("left over when mixing ended").ShouldBe(50 + 110 - 60);
        mixed.Rows.ShouldBe(60);

        long Rows(string fate) => accounts.Groups.SelectMany(group => group.Lines).Where(line => line.Fate == fate).Sum(line => line.Rows);
    }

    // Low pt first: of two shards the first has rows below 40 GeV alone, the second some of both.
    [Theory]
    [InlineData("yes", 60 + 20)]
    [InlineData("no", 20)]
    public void A_shard_is_flattened_by_its_own_spectrum_where_that_is_refilled(string refill, int expected)
    {
        var flow = new SamplingFlow(
            $$"""
            shuffle_merge:
              groups: { all: { datasets: [DY], types: [tau] } }
              tau_ratio: { tau: 1 }
              shards: 2
              allow_empty_bins: yes
              refill_spectrum: {{refill}}
            binning: { pt: [20, 40, 1000], abs_eta: [0, 2.3] }
            """);
        Batch rows = ShardRows.Of(SamplingFlow.TausAndJets(120, 0), pt: i => i < 100 ? 30 : 50);
        _bench.Put(flow.Split.Shards.Files[0].Parts[SplitSettings.Train], rows);
        foreach (Step step in flow.Spectrum.Steps().Where(step => step.Key.StartsWith("train/DY", StringComparison.Ordinal)))
            _bench.Run(step);
        foreach (Step step in flow.Mix.Steps().Where(step => step.Key.StartsWith("train/0", StringComparison.Ordinal))) _bench.Run(step);

        // By itself the first shard, all of one bin, keeps its 60 rows, the second, 40 below and 20 above, keeps 20 of the 40; by the
        // whole sample a fifth of those below 40 GeV is kept.
        int[] below =
        [
            .. flow.Mix.Mixed.Of(flow.Training, SplitSettings.Train)
                .Select(shard => _bench.Rows(shard).Flat<float>(CandidateColumns.Pt).ToArray().Count(pt => pt < 40)),
        ];
        ((double)below.Sum()).ShouldBe(expected, 16);
    }

    [Fact]
    public void More_shards_than_rows_of_a_group_is_an_error_and_a_small_dataset_of_it_is_none()
    {
        RowLedger ledger = Mix(All, "tau: -1, jet: -1", out _, ", refill_spectrum: no, shards: 71"); // DY has 70 rows, QCD 100
        ledger.Total(RowFate.In).ShouldBeInRange(1, 3);

        Should.Throw<StepFailed>(() => Mix(All, "tau: -1, jet: -1", out _, ", shards: 171")).Text.Title.ShouldContain("group 'all'");
    }

    [Fact]
    public void Yields_say_what_comes_of_each_dataset_and_decay_mode()
    {
        SamplingFlow flow = Prepared(All, "tau: -1, jet: -1", "");
        foreach (Step step in flow.Spectrum.Steps().Where(step => step.Key.StartsWith("validation/", StringComparison.Ordinal)))
        {
            foreach (StepInput read in step.Reads.Where(read => read.Role == "tuple"))
                _bench.Put(read.Artifact, ShardRows.Of(SamplingFlow.TausAndJets(1, 1)));
            _bench.Run(step);
        }

        _bench.Run(flow.Mix.Steps().Single(step => step.Key == "train/yields"));

        YieldFile yields = _bench.Get(flow.Mix.Mixed.Yields(flow.Training));
        yields.Sources.ShouldNotBeNull().ShouldBe(
        [
            new("all", "DY", "tau", "1", 50, 0, 50), new("all", "DY", "jet", "1", 20, 0, 20),
            new("all", "QCD", "tau", "1", 10, 0, 10), new("all", "QCD", "jet", "1", 90, 0, 90),
        ], ignoreOrder: true);
        yields.Suggested.ShouldNotBeNull().Pt.ShouldBe([20, 1000]);
        yields.Suggested.TauRatio["jet"].ShouldBe(110.0 / 60, 1e-12);
    }

    [Fact]
    public void Bins_may_be_filled_by_quota()
    {
        Mix(All, null, out Batch mixed, ", strategy: quota, max_bin_occupancy: 40");

        int[] types = mixed.Flat<int>(CandidateColumns.Type).ToArray();
        types.Count(type => type == StandardClasses.Tau.Index).ShouldBe(40);
        types.Count(type => type == StandardClasses.Jet.Index).ShouldBe(40);
    }

    [Fact]
    public void Groups_may_be_patterns_of_dataset_names_and_of_all_their_files()
    {
        SamplingFlow flow = Flow("all: { dir: 'D.|Q.*', types: [tau] }", "tau: -1");
        flow.Mixing.Groups.Single().Datasets.ShouldBe(["DY", "QCD"]);

        Should.Throw<Misuse>(() => Flow("all: { dir: Y, types: [tau] }", "tau: -1")).Message.ShouldContain("datasets DY, QCD"); // whole names
        Should.Throw<Misuse>(() => Flow("all: { dir: '(', types: [tau] }", "tau: -1")).Message.ShouldContain("a regular expression");
        Should.Throw<Misuse>(() => Flow("all: { dir: D., types: [tau, tau] }", "tau: -1")).Message.ShouldContain("each class once");
    }

    private const string All = "all: { datasets: [DY, QCD], types: [tau, jet] }";

    private static SamplingFlow Flow(string groups, string? ratios, string more = "") =>
        new(
            $"shuffle_merge: {{ groups: {{ {groups} }}{(ratios is null ? "" : $", tau_ratio: {{ {ratios} }}")}, thinning: none, block_rows: 7{more} }}\nbinning: {{ pt: [20, 1000], abs_eta: [0, 2.3] }}"
        );

    private static (string, long)[] Lines(RowLedger ledger, RowFate fate, string reason) =>
        [.. ledger.Lines.Where(line => line.Fate == fate && line.Reason == reason).Select(line => (line.Class, line.Rows))];

    // DY: 50 taus and 20 jets, events from 0; QCD: 10 taus and 90 jets, events from 1000. All kept, none thinned.
    private RowLedger Mix(string groups, string? ratios, out Batch mixed, string more = "")
    {
        SamplingFlow flow = Prepared(groups, ratios, more);
        foreach (Step step in flow.Mix.Steps().Where(step => step.Key == "names")) _bench.Run(step);
        Step first = flow.Mix.Steps().First(step => step.Key is SplitSettings.Train or $"{SplitSettings.Train}/0000");
        StepRun run = _bench.Run(first);
        mixed = _bench.Rows(first.Writes[0]);
        return run.Rows;
    }

    private SamplingFlow Prepared(string groups, string? ratios, string more)
    {
        SamplingFlow flow = Flow(groups, ratios, more);
        _bench.Put(flow.Split.Shards.Files[0].Parts[SplitSettings.Train], ShardRows.Of(SamplingFlow.TausAndJets(50, 20)));
        _bench.Put(flow.Split.Shards.Files[1].Parts[SplitSettings.Train], ShardRows.Of(SamplingFlow.TausAndJets(10, 90), firstEvent: 1000));
        foreach (Step step in flow.Spectrum.Steps().Where(step => step.Key.StartsWith("train/", StringComparison.Ordinal)))
            _bench.Run(step);
        return flow;
    }
}
