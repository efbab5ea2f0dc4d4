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

/// <summary>Taus of DY in two files, at 30 and 50 GeV, and jets of QCD at 30 and 50 GeV: regions of 5, 3, 8 and 8 rows.</summary>
public sealed class BalanceStageTests : IDisposable
{
    private const string Processes = "processes: { DY: { datasets: [DY], types: [tau] }, QCD: { datasets: [QCD], types: [jet] } }";

    private static readonly string[] Parts = [SplitSettings.Train, SplitSettings.Validation];

    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Every_batch_has_as_many_rows_of_every_region_and_no_row_comes_again_before_the_others()
    {
        (BalanceStage stage, Training training) = Run($"balance: {{ {Processes}, rows_per_region: 2 }}");

        BalancePlanFile plan = _bench.Get(BalanceStage.Plan(training, SplitSettings.Train));
        // The largest region has 8 rows: four batches of 2.
        (plan.Batches, plan.RowsPerRegion).ShouldBe((4, 2));
        plan.Regions.Select(one => (one.Process, one.Class, one.PtBin, one.Rows, one.LeastUses, one.MostUses)).ShouldBe(
            [("DY", "tau", 0, 5, 1, 2), ("DY", "tau", 1, 3, 2, 3), ("QCD", "jet", 0, 8, 1, 1), ("QCD", "jet", 1, 8, 1, 1)]);
        // Of the first region files have 3 and 2 rows: rows 0-1, 2-3, 4 and 0, 1-2.
        plan.Regions[0].Counts.ShouldBe([3, 2]);
        plan.Regions[0].Starts.ShouldBe([[0L, 0L], [0L, 2L], [1L, 1L], [0L, 1L]]);
        Batch mixed = _bench.Rows(stage.Mixed.Of(training, SplitSettings.Train).Single());
        mixed.Rows.ShouldBe(32);
        ulong[] events = [.. mixed.Flat<ulong>(CandidateColumns.Evt).ToArray()];
        int[] types = [.. mixed.Flat<int>(CandidateColumns.Type).ToArray()];
        float[] pts = [.. mixed.Flat<float>(CandidateColumns.Pt).ToArray()];
        for (int batch = 0; batch < 4; batch++)
            Enumerable.Range(batch * 8, 8).GroupBy(row => (types[row], pts[row] < 40)).Select(one => one.Count()).ShouldBe([2, 2, 2, 2]);
        int[] lowTaus = [.. Enumerable.Range(0, 32).Where(row => types[row] == StandardClasses.Tau.Index && pts[row] < 40)];
        // Batch by batch events 0, 1 | 2, 3 | 4, 0 | 1, 2.
        lowTaus.Chunk(2).Select(rows => string.Join(',', rows.Select(row => events[row]).Order())).ShouldBe(["0,1", "2,3", "0,4", "1,2"]);
        lowTaus.Chunk(2).Any(rows => events[rows[0]] > events[rows[1]]).ShouldBeTrue(); // shuffled within a batch
    }

    [Fact]
    public void Rows_do_not_depend_on_what_is_held_at_a_time_and_shards_follow_each_other()
    {
        (BalanceStage one, Training training) = Run($"balance: {{ {Processes}, rows_per_region: 2, batches: 7 }}");
        ulong[] whole = Events(one, training);

        (BalanceStage other, _) = Run($"balance: {{ {Processes}, rows_per_region: 2, batches: 7, round_rows: 1, shards: 3 }}");

        Events(other, training).ShouldBe(whole);
        whole.Length.ShouldBe(7 * 8);
        other.Mixed.Of(training, SplitSettings.Train).Select(shard => _bench.Rows(shard).Rows).ShouldBe([16, 16, 24]);
    }

    [Fact]
    public void A_region_of_fewer_rows_than_a_batch_takes_gives_each_several_times()
    {
        (BalanceStage stage, Training training) = Run($"balance: {{ {Processes}, rows_per_region: 7, batches: 1 }}");

        ulong[] events = Events(stage, training);

        events.Length.ShouldBe(28);
        _bench.Get(BalanceStage.Plan(training, SplitSettings.Train)).Regions[1].MostUses.ShouldBe(3);
        _bench.Get(stage.Mixed.Yields(training)).Bins[1].Acceptance.ShouldBe(7 / 3.0);
    }

    [Fact]
    public void The_ledger_tells_rows_that_come_again_those_left_over_and_those_in_no_region()
    {
        (BalanceStage stage, Training training) = Set($"balance: {{ {Processes}, rows_per_region: 2, batches: 2 }}");
        RunPlan(stage);

        StepRun run = _bench.Run(stage.Steps().Single(step => step.Key == "train"));

        var ledger = run.Rows.Lines.ToLookup(line => line.Reason, line => line.Rows);
        // Taken: 4 of each region; of regions of 5, 3, 8, 8 remain 1, 0, 4, 4; one comes again; a tau at 5 GeV and an electron are in none.
        ledger["left over behind the last batch"].Sum().ShouldBe(9);
        ledger["taken again in a later batch"].Sum().ShouldBe(1);
        ledger["in no region of its process"].Sum().ShouldBe(2);
    }

    [Fact]
    public void A_region_without_rows_is_an_error_that_names_it_or_left_out()
    {
        const string More = "processes: { DY: { datasets: [DY], types: [tau, mu] }, QCD: { datasets: [QCD], types: [jet] } }, rows_per_region: 2";

        StepFailed failed = Should.Throw<StepFailed>(() => Run($"balance: {{ {More} }}"));
        (BalanceStage stage, Training training) = Run($"balance: {{ {More}, empty_regions: skip }}");

        failed.Text.Title.ShouldContain("2 regions have no row");
        Campaigns.Facts(failed.Text).ShouldContain("DY mu_absetabin0_ptbin0");
        Events(stage, training).Length.ShouldBe(32);
    }

    [Fact]
    public void A_batch_that_no_region_fills_is_an_error_that_says_how_large_they_are() =>
        Campaigns.Facts(Should.Throw<StepFailed>(() => Run($"balance: {{ {Processes}, rows_per_region: 9 }}")).Text)
            .ShouldContain("rows of the largest region: 8");

    [Fact]
    public void A_dataset_belongs_to_one_process()
    {
        ConfigBlock root = Campaigns.Root(
            "balance: { processes: { a: { datasets: [DY], types: [tau] }, b: { datasets: [DY], types: [jet] } }, rows_per_region: 1 }");

        BalanceSettings.Read(root.Block("balance"), [Campaigns.Dataset("DY")], Binning());

        Campaigns.MistakesOf(root).ShouldHaveSingleItem().ShouldContain("datasets of one process alone");
    }

    private ulong[] Events(BalanceStage stage, Training training) =>
    [
        .. stage.Mixed.Of(training, SplitSettings.Train)
            .SelectMany(shard => _bench.Rows(shard).Flat<ulong>(CandidateColumns.Evt).ToArray()),
    ];

    private (BalanceStage, Training) Run(string yaml)
    {
        (BalanceStage stage, Training training) = Set(yaml);
        RunPlan(stage);
        foreach (Step step in stage.Steps().Where(step => step.Key != "plan")) _bench.Run(step);
        return (stage, training);
    }

    private void RunPlan(BalanceStage stage) => _bench.Run(stage.Steps().Single(step => step.Key == "plan"));

    private (BalanceStage, Training) Set(string yaml)
    {
        ConfigBlock root = Campaigns.Root(yaml);
        SplitSettings parts = SplitSettings.Read(root.Block("split"));
        Dataset dy = Campaigns.Dataset("DY"), qcd = Campaigns.Dataset("QCD", 1);
        var shards = new SplitShards([File(dy, "a"), File(dy, "b"), File(qcd, "c")]);
        foreach (string part in Parts)
        {
            Put(0, part, 0, (StandardClasses.Tau, 30, 3), (StandardClasses.Tau, 50, 1), (StandardClasses.Tau, 5, 1));
            Put(1, part, 3, (StandardClasses.Tau, 30, 2), (StandardClasses.Tau, 50, 2), (StandardClasses.Electron, 30, 1));
            Put(2, part, 50, (StandardClasses.Jet, 30, 8), (StandardClasses.Jet, 50, 8));
        }
        foreach (Step step in new SpectrumStage(shards, parts, Binning()).Steps()) _bench.Run(step);
        BalanceSettings settings = BalanceSettings.Read(root.Block("balance"), [dy, qcd], Binning());
        root.Mistakes.ThrowIfAny();
        return (new BalanceStage([dy, qcd], shards, parts, settings), parts.Trainings[0]);

        SplitFile File(Dataset dataset, string entry) => new(dataset, entry, Parts
            .ToDictionary(part => part, part => Artifact.Product($"split/{part}/{dataset.Name}/{entry}.h5")));
        void Put(int file, string part, ulong first, params (TauClass Type, float Pt, int Rows)[] rows)
        {
            (TauClass Type, float Pt)[] all = [.. rows.SelectMany(one => Enumerable.Repeat((one.Type, one.Pt), one.Rows))];
            _bench.Put(shards.Files[file].Parts[part], ShardRows.Of([.. all.Select(one => one.Type)], first, row => all[row].Pt));
        }
    }

    private static SpectrumSettings Binning() => SpectrumSettings.Read(
        Campaigns.Root("binning: { pt: [20, 40, 1000], abs_eta: [0, 2.3] }").Block("binning"), ClassSettings.Standard);
}
