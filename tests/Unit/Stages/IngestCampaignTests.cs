using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.RootIO;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using TauPipeline.Tests.Unit.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Several raw files of one campaign: of other versions, without a luminosity section, with events but no candidate.</summary>
public sealed class IngestCampaignTests : IDisposable
{
    private const string Keep = "keep: [Tau_charge, Tau_id, PV_npvs], optional: [all]";

    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Versions_of_NanoAOD_meet_in_shards_of_one_schema()
    {
        Artifact old = Nano(
            "old.root",
            new Column<int>("run", new[] { 1, 2 }),
            Taus("Tau_pt", 30.0, 40.5, 50.0),
            Taus<short>("Tau_charge", -1, 1, 1),
            Taus<byte>("Tau_id", 7, 255, 0),
            new Column<int>("PV_npvs", new[] { 20, 30 }));
        Artifact newer = Nano(
            "new.root",
            new Column<long>("run", new[] { 3L, 4_000_000_000 }),
            Taus("Tau_pt", 31f, 41f, 51f),
            Taus("Tau_charge", 1, -1, -1),
            new Column<byte>("PV_npvs", new byte[] { 21, 31 }));
        Artifact usual = Nano(
            "usual.root",
            new Column<uint>("run", new uint[] { 5, 6 }),
            Taus("Tau_pt", 32f, 42f, 52f),
            Taus("Tau_charge", 0, 0, 1),
            Taus<byte>("Tau_id", 1, 2, 3));

        Batch[] shards = Ingest($"ingest: {{ layout: nano_aod, {Keep} }}", old, newer, usual);

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

        Batch[] shards = Ingest($"ingest: {{ layout: nano_aod, keep: [{column}], optional: [all] }}", files);

        shards.Select(rows => rows.Schema.Find(column)!.Type).ShouldAllBe(found => found == type);
        foreach ((Artifact file, Batch rows) in files.Zip(shards))
        {
            using RootFile root = RootFile.Open(_bench.At(file));
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
        Artifact good = Nano("good.root"), bad = Artifact.Product("raw/bad.root");
        File.WriteAllText(_bench.At(bad), "no ROOT file");
        IReadOnlyList<Step> steps = Steps("ingest: { layout: nano_aod }", good, bad);

        _bench.Run(steps[0]);
        _bench.Run(steps[1]);

        _bench.Rows(steps[1].Writes[0]).Rows.ShouldBe(3);
        Should.Throw<StepFailed>(() => _bench.Run(steps[2]));
    }

    [Fact]
    public void Lists_in_one_file_and_numbers_in_another_are_refused_with_both_files_and_types()
    {
        Batch rows = TauTupleRows.Of(new TauTupleRow(30, 0.5f) { Jet = 1 });
        Artifact lists = Tuple("lists.root", rows.With(new JaggedColumn<float>("ele_pt", "ele", new[] { 0, 2 }, new[] { 1f, 2f }))),
            numbers = Tuple("numbers.root", rows.With(new Column<double>("ele_pt", new[] { 1.0 })));

        StepFailed error = Should.Throw<StepFailed>(() => _bench.Run(Steps("ingest: { keep: [ele_pt] }", lists, numbers)[0]));

        error.Text.Title.ShouldContain("'ele_pt'");
        error.Text.Facts.ShouldBe([("raw/lists.root", "float32[] of ele"), ("raw/numbers.root", "float64, one a row")]);
    }

    [Fact]
    public void A_column_of_no_numbers_is_refused_with_file_branch_and_both_types()
    {
        Artifact file = Nano("floats.root", new Column<float>("run", new[] { 1f, 2f }));

        StepFailed error = Should.Throw<StepFailed>(() => _bench.Run(Steps("ingest: { layout: nano_aod }", file)[1]));

        error.Text.Title.ShouldBe("branch 'run' of tree 'Events' has another type");
        error.Text.Facts.ShouldBe([("file", _bench.At(file)), ("needed", "uint32"), ("found", "float32")]);
    }

    [Fact]
    public void A_file_without_luminosity_sections_is_read_by_file_and_entry_when_asked_to()
    {
        Artifact a = Nano("a.root", without: "luminosityBlock"), b = Nano("b.root", without: "luminosityBlock");

        StepFailed refused = Should.Throw<StepFailed>(() => RunAll(Steps("ingest: { layout: nano_aod, optional: [all] }", a)));
        Batch[] shards = Ingest("ingest: { layout: nano_aod, identity: entry }", a, b);

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
        StepRun run = RunAll(Steps("ingest: { layout: nano_aod, identity: entry, optional: [all] }", Reported("nano_no_lumi.root")));

        run.Rows.Total(RowFate.In).ShouldBe(1221);
    }

    [Theory]
    [InlineData("genEventSumw", "genEventCount")]
    [InlineData("genEventSumw_", "genEventCount_")]
    public void Events_without_a_candidate_are_among_the_generated_ones(string sum, string count)
    {
        // 1,000 events were generated, 200 of them with weight -1; two are stored, neither with a candidate.
        Artifact file = NanoOf(
            "none.root",
            [0, 0, 0],
            rows => [new Column<float>("genWeight", new[] { 1f, -1f })],
            new Batch([new Column<double>(sum, new[] { 500.0, 100 }), new Column<long>(count, new[] { 800L, 200 })]));

        GeneratedEvents events = Events("ingest: { layout: nano_aod }", file);

        events.ShouldBe(new GeneratedEvents(1000, 600, "tree 'Runs'"));
    }

    [Fact]
    public void Without_sums_of_its_own_a_file_has_those_of_the_events_seen_with_a_candidate_or_not()
    {
        Artifact file = NanoOf("seen.root", [0, 0, 1], rows => [new Column<float>("genWeight", new[] { 3f, -1f })], null);

        GeneratedEvents events = Events("ingest: { layout: nano_aod }", file);

        (events.Events, events.SumOfWeights).ShouldBe((2, 2.0));
        events.From.ShouldStartWith("the 2 events seen");
    }

    [Theory]
    [InlineData(2f, 2f, 100, 200.0, "tree 'summary', all events having the weight 2")]
    [InlineData(2f, -2f, 2, 0.0, "the 2 events seen: tree 'summary' has no sum of weights")]
    public void A_TauTuple_tells_how_many_events_there_were_and_its_weights_the_rest(
        float first,
        float second,
        long count,
        double sum,
        string from)
    {
        Batch rows = TauTupleRows.Of(new(30, 0.5f) { Jet = 1 }, new(40, 0.5f))
            .With(new Column<float>("genEventWeight", new[] { first, second }));
        var summary = new Batch([new Column<ulong>("numberOfProcessedEvents", new ulong[] { 60, 40 })]);

        Events("ingest: { layout: tau_tuple }", Tuple("tuple.root", rows, summary)).ShouldBe(new GeneratedEvents(count, sum, from));
    }

    [Fact]
    public void A_look_at_half_a_file_stands_for_half_its_events()
    {
        Artifact file = NanoOf(
            "half.root",
            [0, 2, 3],
            _ => [],
            new Batch([new Column<double>("genEventSumw", new[] { 50.0 }), new Column<long>("genEventCount", new[] { 100L })]));
        IReadOnlyList<Step> steps = Steps("ingest: { layout: nano_aod }", 1, file);

        RunAll(steps);

        _bench.Get((Artifact<GeneratedEvents>)steps[1].Writes[1]).ShouldBe(new GeneratedEvents(50, 25, "tree 'Runs'"));
    }

    [Fact]
    public void Cross_section_luminosity_and_filter_efficiency_are_read_in_their_units_and_checked()
    {
        ProcessNormalisation? stated = Dataset
            .ReadAll(Campaigns.Root(Yaml("cross_section: 6.2 nb, luminosity: 59700 pb^-1, filter_efficiency: 25 %")))[0]
            .Normalisation;
        var bad = Campaigns.Root(Yaml("cross_section: 0 pb, luminosity: 3 GeV, filter_efficiency: 1.5"));
        var alone = Campaigns.Root(Yaml("luminosity: 59.7 fb^-1"));
        Dataset.ReadAll(bad);
        Dataset.ReadAll(alone);

        stated!.ExpectedEvents.ShouldBe(6200 * 59.7 * 1000 * 0.25, 1e-3);
        Campaigns.MistakesOf(bad).Length.ShouldBe(3);
        Campaigns.MistakesOf(alone).Single().ShouldContain("luminosity");

        static string Yaml(string keys) => $"datasets: {{ DY: {{ {keys}, generate: {{ process: DYToLL_M50, files: 1, events: 10 }} }} }}";
    }

    private Batch[] Ingest(string yaml, params Artifact[] files)
    {
        IReadOnlyList<Step> steps = Steps(yaml, files);
        RunAll(steps);
        return [.. steps.Skip(1).Select(step => _bench.Rows(step.Writes[0]))];
    }

    private StepRun RunAll(IReadOnlyList<Step> steps) => steps.Select(_bench.Run).ToArray()[^1];

    private GeneratedEvents Events(string yaml, Artifact file)
    {
        IReadOnlyList<Step> steps = Steps(yaml, file);
        RunAll(steps);
        return _bench.Get((Artifact<GeneratedEvents>)steps[1].Writes[1]);
    }

    private static IReadOnlyList<Step> Steps(string yaml, params Artifact[] files) => Steps(yaml, null, files);

    private static IReadOnlyList<Step> Steps(string yaml, long? limit, params Artifact[] files)
    {
        IngestSettings settings = IngestSettings.Read(Campaigns.Root(yaml).Block("ingest"), ClassSettings.Standard, [], limit);
        return new IngestStage(
            [new Dataset("DY", 0, DatasetUse.Both, null, [.. files.Select(file => new RawEntry(Path.GetFileName(file.Path), file))])],
            settings).Steps();
    }

    private static Artifact Reported(string name) => Artifact.Raw($"DY/{name}", new RawSource(SharedData.At("reports", name)));

    // Where the candidates of an entry begin among all candidates of the file.
    private int Place(Artifact file, long entry)
    {
        using RootFile root = RootFile.Open(_bench.At(file));
        return root.Tree("Events").Read(["Tau_pt"]).Single().Jagged<float>("Tau_pt").Offsets[(int)entry];
    }

    private Artifact Nano(string name, params Column[] others) => NanoOf(name, [0, 2, 3], _ => others, null);

    private Artifact Nano(string name, string without) => NanoOf(name, [0, 2, 3], rows => [], null, without);

    private Artifact Tuple(string name, Batch rows, Batch? summary = null)
    {
        Artifact raw = Artifact.Product($"raw/{name}");
        using RootFileWriter file = RootFileWriter.Create(_bench.At(raw), RootCompression.None);
        file.Tree("taus", rows.Schema).Append(rows);
        if (summary is not null) file.Tree("summary", summary.Schema).Append(summary);
        return raw;
    }

    // Two events; the columns that make a candidate in their usual types, or as given.
    private Artifact NanoOf(string name, int[] offsets, Func<int, Column[]> others, Batch? runs, string without = "")
    {
        int candidates = offsets[^1];
        Batch rows = new Batch(
        [
            new Column<uint>("run", new uint[] { 1, 1 }),
            new Column<uint>("luminosityBlock", new uint[] { 5, 5 }),
            new Column<ulong>("event", new ulong[] { 11, 12 }),
            .. new[] { "Tau_pt", "Tau_eta", "Tau_phi", "Tau_dz" }.Select(
                Column (column) => new JaggedColumn<float>(column, "Tau", offsets, new float[candidates])),
            new JaggedColumn<int>("Tau_decayMode", "Tau", offsets, new int[candidates]),
        ]).With(others(candidates));
        rows = rows.Only(rows.Schema.Columns.Select(column => column.Name).Where(column => column != without));
        Artifact raw = Artifact.Product($"raw/{name}");
        using RootFileWriter file = RootFileWriter.Create(_bench.At(raw), RootCompression.None);
        file.Tree("Events", rows.Schema).Append(rows);
        if (runs is not null) file.Tree("Runs", runs.Schema).Append(runs);
        return raw;
    }

    private static JaggedColumn<T> Taus<T>(string name, params T[] values)
        where T : unmanaged => new(name, "Tau", new[] { 0, 2, 3 }, values);
}
