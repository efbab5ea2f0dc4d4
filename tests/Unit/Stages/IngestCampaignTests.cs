using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.RootIO;
using TauPipeline.Tests.Support;
using TauPipeline.Tests.Unit.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Several raw files of one campaign: of other versions, without a luminosity section, with events but no candidate.</summary>
public sealed class IngestCampaignTests : IDisposable
{
    private const string Keep = "keep: [Tau_charge, Tau_id, PV_npvs], optional: [all]";

    private readonly IngestBench _ingest = new();

    public void Dispose() => _ingest.Dispose();

    [Fact]
    public void Versions_of_NanoAOD_meet_in_shards_of_one_schema()
    {
        Artifact old = _ingest.Nano(
            "old.root",
            new Column<int>("run", new[] { 1, 2 }),
            IngestBench.Taus("Tau_pt", 30.0, 40.5, 50.0),
            IngestBench.Taus<short>("Tau_charge", -1, 1, 1),
            IngestBench.Taus<byte>("Tau_id", 7, 255, 0),
            new Column<int>("PV_npvs", new[] { 20, 30 }));
        Artifact newer = _ingest.Nano(
            "new.root",
            new Column<long>("run", new[] { 3L, 4_000_000_000 }),
            IngestBench.Taus("Tau_pt", 31f, 41f, 51f),
            IngestBench.Taus("Tau_charge", 1, -1, -1),
            new Column<byte>("PV_npvs", new byte[] { 21, 31 }));
        Artifact usual = _ingest.Nano(
            "usual.root",
            new Column<uint>("run", new uint[] { 5, 6 }),
            IngestBench.Taus("Tau_pt", 32f, 42f, 52f),
            IngestBench.Taus("Tau_charge", 0, 0, 1),
            IngestBench.Taus<byte>("Tau_id", 1, 2, 3));

        Batch[] shards = _ingest.Ingest($"ingest: {{ layout: nano_aod, {Keep} }}", old, newer, usual);

        shards.ShouldAllBe(rows => rows.Schema.Columns.SequenceEqual(shards[0].Schema.Columns));
        ColumnType[] types =
        [
            .. new[] { "run", "tau_pt", "Tau_charge", "Tau_id", "PV_npvs" }.Select(name => shards[0].Schema.Find(name)!.Type),
        ];
        types.ShouldBe([ColumnType.UInt32, ColumnType.Float32, ColumnType.Int32, ColumnType.Int16, ColumnType.Int32]);
        shards.SelectMany(rows => rows.Flat<uint>("run").ToArray()).ShouldBe([1u, 1, 2, 3, 3, 4_000_000_000, 5, 5, 6]);
        shards.SelectMany(rows => rows.Flat<float>("tau_pt").ToArray()).ShouldBe([30f, 40.5f, 50, 31, 41, 51, 32, 42, 52]);
        shards.SelectMany(rows => rows.Flat<int>("Tau_charge").ToArray()).ShouldBe([-1, 1, 1, 1, -1, -1, 0, 0, 1]);
        shards.SelectMany(rows => rows["Tau_id"].ToDoubles()).ShouldBe([7, 255, 0, double.NaN, double.NaN, double.NaN, 1, 2, 3]);
        shards.SelectMany(rows => rows["PV_npvs"].ToDoubles()).ShouldBe([20, 20, 30, 21, 21, 31, double.NaN, double.NaN, double.NaN]);
    }

    [SharedDataTheory]
    [InlineData("pair_b_v12types.root", "Tau_charge", ColumnType.Int32)]
    [InlineData("pair_c_lacks_int_branch.root", "Tau_idMVAoldDM", ColumnType.Int16)]
    public void Reported_pairs_of_files_become_rows_of_one_type(string other, string column, ColumnType type)
    {
        Artifact[] files = [.. new[] { "pair_a_v9types.root", other }.Select(Reported)];

        Batch[] shards = _ingest.Ingest($"ingest: {{ layout: nano_aod, keep: [{column}], optional: [all] }}", files);

        shards.Select(rows => rows.Schema.Find(column)!.Type).ShouldAllBe(found => found == type);
        foreach ((Artifact file, Batch rows) in files.Zip(shards))
        {
            using RootFile root = RootFile.Open(_ingest.Stages.At(file));
            double[] values =
            [
                .. root.Tree("Events").FindBranch(column) is null
                    ? Enumerable.Repeat(double.NaN, 69)
                    : root.Tree("Events").Read([column]).Single()[column].ToDoubles(),
            ];
            // Without the generator's branches all candidates are data, so none is dropped: 69 in 60 events, as JSROOT counts them.
            int[] kept =
            [
                .. rows.Flat<int>(CandidateColumns.TauIndex)
                    .ToArray()
                    .Zip(rows.Flat<long>(CandidateColumns.Entry).ToArray(), (tau, entry) => Place(file, entry) + tau),
            ];
            rows[column].ToDoubles().ShouldBe(kept.Select(place => values[place]));
        }
    }

    [Fact]
    public void A_file_that_cannot_be_ingested_stops_no_other()
    {
        Artifact good = _ingest.Nano("good.root"), bad = Artifact.Product("raw/bad.root");
        File.WriteAllText(_ingest.Stages.At(bad), "no ROOT file");
        IReadOnlyList<Step> steps = IngestBench.Steps("ingest: { layout: nano_aod }", good, bad);

        _ingest.Stages.Run(steps[0]);
        _ingest.Stages.Run(steps[1]);

        _ingest.Stages.Rows(steps[1].Writes[0]).Rows.ShouldBe(3);
        Should.Throw<StepFailed>(() => _ingest.Stages.Run(steps[2]));
    }

    [Fact]
    public void Lists_in_one_file_and_numbers_in_another_are_refused_with_both_files_and_types()
    {
        Batch rows = TauTupleRows.Of(new TauTupleRow(30, 0.5f) { Jet = 1 });
        Artifact lists = _ingest.Tuple("lists.root", rows.With(new JaggedColumn<float>("ele_pt", "ele", new[] { 0, 2 }, new[] { 1f, 2f }))),
            numbers = _ingest.Tuple("numbers.root", rows.With(new Column<double>("ele_pt", new[] { 1.0 })));

        StepFailed error = Should.Throw<StepFailed>(() => _ingest.Stages.Run(IngestBench.Steps("ingest: { keep: [ele_pt] }", lists, numbers)[0]));

        error.Text.Title.ShouldContain("'ele_pt'");
        error.Text.Facts.ShouldBe([("raw/lists.root", "float32[] of ele"), ("raw/numbers.root", "float64, one a row")]);
    }

    [Fact]
    public void A_column_of_no_numbers_is_refused_with_file_branch_and_both_types()
    {
        Artifact file = _ingest.Nano("floats.root", new Column<float>("run", new[] { 1f, 2f }));

        StepFailed error = Should.Throw<StepFailed>(() => _ingest.Stages.Run(IngestBench.Steps("ingest: { layout: nano_aod }", file)[1]));

        error.Text.Title.ShouldBe("branch 'run' of tree 'Events' has another type");
        error.Text.Facts.ShouldBe([("file", _ingest.Stages.At(file)), ("needed", "uint32"), ("found", "float32")]);
    }

    [Fact]
    public void A_file_without_luminosity_sections_is_read_by_file_and_entry_when_asked_to()
    {
        Artifact a = _ingest.Nano("a.root", without: "luminosityBlock"), b = _ingest.Nano("b.root", without: "luminosityBlock");

        StepFailed refused = Should.Throw<StepFailed>(() => _ingest.RunAll(IngestBench.Steps("ingest: { layout: nano_aod, optional: [all] }", a)));
        Batch[] shards = _ingest.Ingest("ingest: { layout: nano_aod, identity: entry }", a, b);

        refused.Text.Title.ShouldBe("tree 'Events' has no branch 'luminosityBlock'");
        refused.Text.Advice!.ShouldContain("ingest: identity: entry");
        refused.Text.Advice!.ShouldNotContain("optional");
        (uint, uint, ulong)[] events =
        [
            .. shards.SelectMany(rows =>
                Enumerable.Range(0, rows.Rows)
                    .Select(i => (rows.Flat<uint>("run")[i], rows.Flat<uint>("lumi")[i], rows.Flat<ulong>("evt")[i]))),
        ];
        events[0].ShouldBe(events[1]);
        events.Distinct().Count().ShouldBe(4);
        shards[1].Flat<ulong>("evt").ToArray().ShouldBe([0ul, 0, 1]);
    }

    [SharedDataFact]
    public void The_reported_file_without_luminosity_sections_gives_all_its_candidates()
    {
        StepRun run = _ingest.RunAll(IngestBench.Steps("ingest: { layout: nano_aod, identity: entry, optional: [all] }", Reported("nano_no_lumi.root")));

        run.Rows.Total(RowFate.In).ShouldBe(1221);
    }

    private static Artifact Reported(string name) => Artifact.Raw($"DY/{name}", new RawSource(SharedData.At("reports", name)));

    // Where the candidates of an entry begin among all candidates of the file.
    private int Place(Artifact file, long entry)
    {
        using RootFile root = RootFile.Open(_ingest.Stages.At(file));
        return root.Tree("Events").Read(["Tau_pt"]).Single().Jagged<float>("Tau_pt").Offsets[(int)entry];
    }
}
