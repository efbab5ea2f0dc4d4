using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>
/// Caps of unmixed samples (data-preparation 4.3, MergePerEntry): every bin has min(cap, its rows), and all else of the rows is told.
/// </summary>
public sealed class SplitCapsTests : IDisposable
{
    private const string Caps = """
        shuffle_merge: { groups: { all: { datasets: [DY], types: [tau] } }, tau_ratio: { tau: 1 } }
        binning: { pt: [20, 40, 1000], abs_eta: [0, 2.3] }
        split: { fractions: { train: 0.1, validation: 0.1, calibration: 0.1, test: 0.7 }, caps: { test: 40 } }
        """;

    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Each_bin_of_each_dataset_and_class_has_at_most_its_cap_whatever_the_files()
    {
        (ulong[] one, RowLedger ledger) = Test([400, 200]);
        (ulong[] other, _) = Test([150, 350, 100]);

        other.ShouldBe(one); // the same rows stay, in whatever files they are
        Batch[] rows = [.. _shards.Select(_bench.Rows)];
        // 600 events: taus of pt 30, 60 and 10 (below the bins) in turn, every tenth a jet of pt 30
        int taus = Count(rows, StandardClasses.Tau, 30), high = Count(rows, StandardClasses.Tau, 60);
        (taus, high, Count(rows, StandardClasses.Tau, 10)).ShouldBe((40, 40, 40));
        Count(rows, StandardClasses.Jet, 30).ShouldBeInRange(25, 40); // 60 of them, 70 % are test
        ledger.Lines.Where(line => line.Fate == RowFate.Dropped).ShouldAllBe(line => line.Reason == "beyond the cap of its bin in test");
    }

    [Fact]
    public void The_rows_that_stay_are_a_fair_draw_of_all()
    {
        (ulong[] events, _) = Test([600]);

        // of rows that are as likely as each other, the mean event number is 299.5 +- 173 / sqrt(n): four deviations
        double mean = events.Average(evt => (double)evt);
        mean.ShouldBe(299.5, 4 * 173.2 / Math.Sqrt(events.Length));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void A_file_of_a_row_or_none_is_capped(int rows) => Test([rows]).Events.Length.ShouldBeLessThanOrEqualTo(rows);

    [Theory]
    [InlineData("caps: { train: 10 }", "parts that are not mixed: calibration, test")]
    [InlineData("caps: { tset: 10 }", "parts that are not mixed: calibration, test")]
    [InlineData("folds: 3, caps: { test: 10 }", "no caps with folds")]
    [InlineData("caps: { test: 0 }", "caps.test")]
    public void A_cap_on_what_is_mixed_is_told(string split, string told)
    {
        ConfigBlock root = Campaigns.Root($"split: {{ {split} }}");
        SplitSettings parts = SplitSettings.Read(root.Block("split"));

        SplitCaps.Read(root.Block("split"), parts, SpectrumSettings.Read(root.Block("binning"), ClassSettings.Standard));

        root.Mistakes.Found.Select(mistake => mistake.ToString()).ShouldContain(text => text.Contains(told, StringComparison.Ordinal));
    }

    // 600 events at most in files of so many, split and capped: the events of the test part.
    private (ulong[] Events, RowLedger Last) Test(int[] files)
    {
        var flow = new SamplingFlow(Caps, Math.Max(2, files.Length), Campaigns.Dataset("DY"));
        ulong first = 0;
        foreach ((IngestedFile file, int rows) in flow.Files.Zip([.. files, 0]))
        {
            ulong start = first;
            TauClass[] types =
            [
                .. Enumerable.Range(0, rows).Select(i => IsJet(start + (ulong)i) ? StandardClasses.Jet : StandardClasses.Tau),
            ];
            _bench.Put(file.Shard, ShardRows.Of(types, start, i => Pt(start + (ulong)i)).WithKinematics());
            first += (ulong)rows;
        }
        foreach (IngestedFile file in flow.Files) File.WriteAllText(_bench.At(file.Raw), file.Entry);
        RowLedger[] ledgers = [.. flow.Split.Steps().Select(step => _bench.Run(step).Rows).ToArray()];
        _shards = [.. flow.Split.Shards.Part(SplitSettings.Test).Select(shard => shard.Shard)];
        ulong[] events = [.. _shards.SelectMany(shard => _bench.Rows(shard).Flat<ulong>(CandidateColumns.Evt).ToArray()).Order()];
        return (events, ledgers.LastOrDefault(ledger => ledger.Lines.Count > 0) ?? ledgers[0]);
    }

    private Artifact[] _shards = [];

    private static bool IsJet(ulong evt) => evt % 10 == 9;

    private static float Pt(ulong evt) => IsJet(evt) ? 30 : (evt % 3) switch { 0 => 30, 1 => 60, _ => 10 };

    private static int Count(Batch[] shards, TauClass type, float pt) => shards.Sum(rows => Enumerable.Range(0, rows.Rows)
        .Count(row => rows.Flat<int>(CandidateColumns.Type)[row] == type.Index && rows.Flat<float>(CandidateColumns.Pt)[row] == pt));
}
